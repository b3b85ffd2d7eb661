"""Pages of the day and after it, for those who run events."""
