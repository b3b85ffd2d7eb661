"""The filters of the calendar as people see them: groups, the chosen ones as chips."""

from datetime import date

from events.calendar.when import date_words
from registry.fields import shown
from registry.panel import MOST_CHIPS, address

# What tells how a result is shown, not what is found.
_SETTINGS = ("q", "page")


def groups(found):
    """[{name, label, options, rest, error, open}] for components like those of the catalogue."""
    return [
        _group(found, "kind", found.choices["kind"], open=True),
        _group(found, "powiat", found.choices["powiat"], most=0),
        _group(found, "audience", found.choices["audience"]),
        _group(found, "online", {"1": "można wziąć udział on-line"}, label="Udział", open=True),
    ]


def days(found):
    """The two fields of days: [{name, label, value, error}]. What was typed stays, also when it is no day."""
    return [
        {
            "name": name,
            "label": found.filters[name].label,
            "value": _given_day(found, name),
            "error": found.errors_by_name.get(name, ""),
        }
        for name in ("from", "to")
    ]


def chosen(found):
    """(name, value) of every active filter but the words searched for, known or not."""
    return [
        (name, value)
        for name in found.filters
        if name not in _SETTINGS
        for value in dict.fromkeys(found.data.getlist(name))
        if value.strip()
    ]


def chips(found):
    """[{label, url}] of the active filters; the address is the list without that one."""
    return [
        {"label": _chip(found, *pair), "url": address(found.data, without=pair)} for pair in chosen(found)[:MOST_CHIPS]
    ]


def _group(found, name, labels, *, label="", most=8, open=False):
    asked = {value.strip() for value in found.data.getlist(name)}
    options = [
        {"name": name, "value": value, "label": words, "checked": value in asked} for value, words in labels.items()
    ]
    top, rest = options, []
    if len(options) > 10:
        top = [option for place, option in enumerate(options) if option["checked"] or place < most]
        rest = [option for option in options if option not in top]
    error = found.errors_by_name.get(name, "")
    return {
        "name": name,
        "label": label or found.filters[name].label,
        "options": top,
        "rest": rest,
        "error": error,
        "open": bool(open or asked or error),
    }


def _given_day(found, name):
    day = found.form.cleaned_data.get(name) if found.form.is_bound and found.form.is_valid() else None
    return day.isoformat() if isinstance(day, date) else found.data.get(name, "")


def _chip(found, name, value):
    if name == "online":
        return "on-line" if value == "1" else f"on-line: {shown(value)}"
    if name in ("from", "to"):
        day = found.form.cleaned_data.get(name) if name not in found.errors_by_name else None
        return f"{'od' if name == 'from' else 'do'} {date_words(day) if day else shown(value)}"
    return found.choices[name].get(value.strip()) or f"{found.filters[name].label}: {shown(value)}"
