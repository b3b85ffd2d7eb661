"""The process told to people: as a picture, and as a table of who may do what. Both come from the tables of steps."""
