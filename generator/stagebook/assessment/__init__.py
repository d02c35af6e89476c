"""Assessments: one respondent's answers, read from anywhere."""
