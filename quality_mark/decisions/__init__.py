"""What the director decides on, and the letters about it."""
