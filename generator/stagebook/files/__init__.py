"""The disk: what is read from it and written to it."""
