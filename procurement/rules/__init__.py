"""What the dated rows of the rules say of one order."""
