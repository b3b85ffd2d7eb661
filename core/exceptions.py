class Refused(Exception):
    """A "no" that was foreseen, in Polish words for the person at the screen."""
