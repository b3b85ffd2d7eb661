"""The day of an event and what follows it: lists, certificates, counts, what is missing."""
