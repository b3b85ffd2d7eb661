"""What other apps give to the front page. core knows none of them: they register in AppConfig.ready()."""

_contributions = []


def contribute(function):
    """Adds `function()` → dict to the context of the front page. Known keys, each a list, an empty one is left out:

    figures: {value, label, url}; popular: {label, url}; sections: {title, url, more, items: [{label, url, meta}]}.
    """
    if function not in _contributions:
        _contributions.append(function)
    return function


def context():
    """All contributions together; lists of the same key follow one another in the order of registration."""
    gathered = {}
    for function in _contributions:
        for key, rows in function().items():
            gathered.setdefault(key, []).extend(rows)
    return gathered
