"""The filters of a list as people see them: groups with counts, the chosen ones as chips, addresses without them."""

from dataclasses import dataclass, field

from django.http import QueryDict

from registry.choices import Activity
from registry.fields import MOST_VALUES, shown

OPEN_OPTIONS = 8
MOST_CHIPS = 8
# What tells how a result is shown, not what is found.
SETTINGS = ("sort", "view", "page")


@dataclass(frozen=True)
class Option:
    name: str
    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class Group:
    """Options of one filter; the first few stand open, `rest` folds."""

    name: str
    label: str
    options: list
    rest: list = field(default_factory=list)
    error: str = ""
    open: bool = True


def organisation_groups(result):
    """The filter panel of /katalog/."""
    labels = result.found.labels
    kinds = labels.kind | {"podmiot_art3_ust3": "podmiot kościelny lub spółka non profit"}
    return [
        group(result, "powiat", labels.county),
        *(
            [group(result, "gmina", labels.municipality)]
            if "gmina" in result.counts.by_facet or _asked(result, "gmina")
            else []
        ),
        group(result, "kind", kinds),
        flags(result, "Status i znak", ("ps", "mark", "art94", "opp")),
        group(result, "category", labels.category),
        group(result, "form", labels.form, closed=True),
        group(result, "status", dict(Activity.choices), closed=True),
    ]


def offer_groups(result):
    """The filter panel of /oferty/."""
    labels = result.found.labels
    return [
        group(result, "category", labels.category),
        group(result, "powiat", labels.county),
        flags(result, "Znak", ("mark",)),
        group(result, "kind", labels.kind),
    ]


def chosen(found):
    """(name, value) of every active filter but the words searched for, known or not."""
    return [
        (name, value)
        for name in found.filters
        if name not in (*SETTINGS, "q")
        for value in dict.fromkeys(found.data.getlist(name))
        if value.strip()
    ]


def chips(found, label=None):
    """[{label, url}] for the first of the active filters; the address is the list without it.

    `label(found, name, value)` says one in words, as the catalogue does when none is given. Each address holds all the
    others, so there are no more than a person would count.
    """
    return [
        {"label": (label or _chip_label)(found, *pair), "url": address(found.data, without=pair)}
        for pair in chosen(found)[:MOST_CHIPS]
    ]


def address(data, *, without=None, clear=(), **changes):
    """The query string of `data` ("?…") without one (name, value), without whole names, with others set."""
    query = QueryDict(mutable=True)
    for name, values in data.lists():
        if name == "page" or name in clear or name in changes:
            continue
        query.setlist(name, [value for value in values if value.strip() and (name, value) != without])
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


def code_values(found, name):
    """What was given for a filter of codes: the `first` stands in its field, `others` are carried along unseen."""
    values = [value for value in dict.fromkeys(found.data.getlist(name)) if value.strip()][:MOST_VALUES]
    return {"first": "".join(values[:1]), "others": values[1:]}


def errors(found):
    """{name: message} of filters that hold a faulty value."""
    return {name: " ".join(messages) for name, messages in found.form.errors.items()}


def group(result, name, labels, *, closed=False):
    counts, chosen = result.counts.of(name), set(_asked(result, name))
    options = [
        Option(name, value, label, counts.get(value, 0), value in chosen)
        for value, label in labels.items()
        if value in counts or value in chosen
    ]
    top, rest = options, []
    if len(options) > OPEN_OPTIONS:
        # By their counts, which a choice in the same filter does not change: nothing jumps away under the pointer.
        fullest = sorted(options, key=lambda option: -option.count)[:OPEN_OPTIONS]
        top = fullest + [option for option in options if option.checked and option not in fullest]
        rest = [option for option in options if option not in top]
    error = errors(result.found).get(name, "")
    label = result.found.filters[name].label
    return Group(name, label, top, rest, error, open=bool(not closed or chosen or error))


def flags(result, label, names):
    options = [
        Option(
            name, "1", result.found.filters[name].label, result.counts.of(name).get("1", 0), bool(_asked(result, name))
        )
        for name in names
    ]
    faulty = [message for name, message in errors(result.found).items() if name in names]
    return Group("status-i-znak", label, [o for o in options if o.count or o.checked], error=" ".join(faulty))


def _asked(result, name):
    """Values of this filter in the query string, in the writing of the dictionaries."""
    return result.found.asked(name)


def _chip_label(found, name, value):
    label = found.filters[name].label
    if name in ("ps", "mark", "art94", "opp"):
        return label if value == "1" else f"{label}: {shown(value)}"
    code = next(iter(found.in_dictionary(name, [value])), value)
    if (name, value) in [faulty[:2] for faulty in found.corrections]:
        return f"{label}: {shown(value)}"
    if name == "area":
        return f"działa na terenie: {found.labels.area_words(code) or shown(value)}"
    known = found.labels.county_words(code) if name == "powiat" else found.form.fields[name].choices.get(code)
    return known or f"{label}: {shown(value)}"
