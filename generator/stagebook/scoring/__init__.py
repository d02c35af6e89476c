"""Scoring: from answers to a result, and what follows from it."""
