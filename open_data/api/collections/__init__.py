"""The lists of the API, one module each."""
