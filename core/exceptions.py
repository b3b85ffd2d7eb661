class Refused(Exception):
    """A "no" that was foreseen, in Polish words for the person at the screen; `field` of the form is what it means."""

    def __init__(self, words, *, field=None):
        super().__init__(words)
        self.field = field
