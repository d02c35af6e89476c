"""Several respondents side by side: what `stagebook team` says."""
