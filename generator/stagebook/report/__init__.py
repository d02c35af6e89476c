"""What `stagebook score` says of a result."""
