"""What administrators should know of the portal itself. core knows none of it: apps register in AppConfig.ready()."""

_watched = []


def watch(function):
    """Adds `function()` → a Polish sentence, or "" when all is well; asked when the first page of the admin opens."""
    if function not in _watched:
        _watched.append(function)
    return function


def sentences():
    return [sentence for function in _watched if (sentence := function())]
