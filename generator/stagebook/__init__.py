"""Stagebook: one YAML rubric in, a maturity playbook with a self-scoring quiz out."""

__version__ = "1.0.0"
