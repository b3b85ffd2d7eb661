"""What is done with open data."""
