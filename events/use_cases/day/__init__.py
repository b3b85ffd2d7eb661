"""The day of an event and what follows it."""
