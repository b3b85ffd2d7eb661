"""What the office sees and writes: its board, one case, letters on paper."""
