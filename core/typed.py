"""What somebody has typed into a form, as it can be kept in JSON and given to the form again."""


def storable(text):
    """JSON of PostgreSQL holds no NUL."""
    return text.replace("\0", "").encode(errors="replace").decode()


def typed_of(data, fields, *, longest=10_000, most=50):
    """{field: what was typed} of these fields: texts, and lists of texts where several may be chosen."""
    return {name: _typed(data, name, field, longest, most) for name, field in fields.items()}


def _typed(data, name, field, longest, most):
    if getattr(field.widget, "allow_multiple_selected", False):
        return [storable(value)[:100] for value in data.getlist(name)][:most]
    return storable(data.get(name, ""))[:longest]


class QueryLike(dict):
    """What was typed, as a form reads what was sent."""

    def getlist(self, name):
        value = self.get(name, [])
        return value if isinstance(value, list) else [value]
