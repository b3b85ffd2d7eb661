"""What plans look like: in words, in tables, in files."""
