"""Read assessments: one respondent's answers, from untrusted data."""
