"""What coordinators work with, beside the layers: hours as people type them, pasted lists, what a desk shows."""
