"""Documents of the mark, set from texts of the rules."""
