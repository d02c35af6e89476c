"""A rubric as the sheets of a workbook, and back."""
