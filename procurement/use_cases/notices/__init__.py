"""What is done with a notice."""
