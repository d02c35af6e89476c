"""Compare several respondents, for `stagebook team`."""
