"""What differs between two versions of a rubric, and what that does to scores."""
