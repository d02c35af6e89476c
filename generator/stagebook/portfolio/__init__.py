"""Many assessments: tables, queries and a report, on one machine or on an engine."""
