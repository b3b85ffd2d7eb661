"""Pages of the mark."""
