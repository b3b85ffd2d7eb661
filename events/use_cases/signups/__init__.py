"""Signing up, from the first press to the place given back."""
