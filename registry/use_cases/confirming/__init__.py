"""Asking whether cards are still true, and what comes of it."""
