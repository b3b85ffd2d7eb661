"""Forms of the mark."""
