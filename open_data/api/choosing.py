"""`fields` and `include`: what of a row is sent, and what goes along with it."""

from open_data.api.problems import Invalid


def columns_for(collection, params):
    """The Columns that `fields` names, in the order of the list; all without it."""
    if "fields" not in params:
        return collection.columns
    names = _names(params, "fields", [one.name for one in collection.columns])
    return tuple(one for one in collection.columns if one.name in names)


def includes_for(collection, params):
    """The names that `include` asks for, in the order of the list."""
    if "include" not in params or not collection.includes:
        return ()
    names = _names(params, "include", list(collection.includes))
    return tuple(name for name in collection.includes if name in names)


def _names(params, parameter, known):
    names = [name for value in params.getlist(parameter) for name in value.split(",")]
    unknown = [name for name in names if name not in known]
    if unknown:
        why = f"Nie ma „{unknown[0][:40]}”. Są: {', '.join(known)}."
        raise Invalid({parameter: why})
    return set(names)
