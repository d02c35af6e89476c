"""The output of `stagebook score`."""
