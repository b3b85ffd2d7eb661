"""Forms of those who judge."""
