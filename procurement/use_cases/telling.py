"""Telling suppliers of what they could deliver."""


def announced(posting_ids, *, now):
    """These postings are public from now on, or say something new: whoever follows such orders is told."""
