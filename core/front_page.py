"""What other apps give to the front page. core knows none of them: they register in AppConfig.ready()."""

import logging

from django.db import DatabaseError

logger = logging.getLogger(__name__)

_contributions = []


def contribute(function):
    """Adds `function()` → dict to the context of the front page. Known keys, each a list, an empty one is left out:

    figures: {value, label, url}; popular: {label, url}; sections: {title, url, more, items: [{label, url, meta}]}.
    """
    if function not in _contributions:
        _contributions.append(function)
    return function


def context():
    """All contributions together; lists of the same key follow one another in the order of registration.

    Without the database the front page still stands, only without what comes from it.
    """
    gathered = {}
    for function in _contributions:
        try:
            contribution = function()
        except DatabaseError:
            logger.exception("The front page goes without %s", function.__name__)
            continue
        for key, rows in contribution.items():
            gathered.setdefault(key, []).extend(rows)
    return gathered
