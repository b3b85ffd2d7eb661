"""Proposed changes of a card: typing, sending, deciding."""
