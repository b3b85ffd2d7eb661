"""Views of the API; all of them stand on ApiView."""
