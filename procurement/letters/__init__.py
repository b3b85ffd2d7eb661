"""Kinds of letters of procurement, with invented values for the preview."""
