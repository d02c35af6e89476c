"""The rubric: from text to records, each key at its place."""
