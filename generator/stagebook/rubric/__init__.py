"""The rubric: from text to records, with the position of every key."""
