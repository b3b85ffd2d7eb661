"""Writing what the public list reads."""


def refresh(posting_ids, *, now):
    """Write the entries of these postings anew, in the caller's transaction; those not public lose theirs."""
