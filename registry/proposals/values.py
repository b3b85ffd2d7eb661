"""What the register says now, in the two ways in which it is compared: plain values of JSON, and texts of a form."""

from datetime import date
from decimal import Decimal

from django.db.models import Model
from django.forms import MultipleChoiceField

from core.polish import sort_key
from registry.choices import Subject
from registry.proposals.parts import has_column

EMPTY = (None, "", [], {})
# Lists without an order of their own.
SETS = {"serves", "target_groups", "cpv"}


def plain(value):
    """As JSON keeps it: a row by its key, a day as ISO text, an amount with two places; lists in their order."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, (list, tuple, set)):
        return [plain(one) for one in value]
    return "" if value is None else value


def raw(field, value):
    """The text, or list of texts, that a browser sends back of a plain value which nobody touches."""
    if not isinstance(value, list):
        return str(value)
    if isinstance(field, MultipleChoiceField):
        return [str(code) for code, _ in field.choices if code in value]  # in the order of their boxes
    return field.prepare_value(value)


def live(target, subject, name):
    """The plain value of one field of a row as the register has it; empty for a row that is not there."""
    if target is None:
        return [] if name in SETS else ""
    if (subject, name) == (Subject.OFFER, "cpv"):
        return sorted(link.code_id for link in target.cpv_links.all())
    value = plain(getattr(target, target._meta.get_field(name).attname))
    return sorted(value) if name in SETS else value


def fields_of(section, organisation):
    """(subject, name) of the section that exist for this card."""
    return [(subject, name) for subject, name in section.fields if has_column(subject, name, organisation)]


def write(row, subject, values):
    """Put plain values into the columns of a row, unsaved; returns the names of the columns."""
    written = []
    for name, value in values.items():
        if (subject, name) in ((Subject.OFFER, "cpv"), (Subject.UNIT, "kind")):
            continue
        field = row._meta.get_field(name)
        setattr(row, field.attname, field.to_python(None if value == "" and field.null else value))
        written.append(name)
        if name == "municipality" and value:
            row.county_id = value[:4]
            written.append("county")
        if name == "name" and hasattr(row, "sort_key"):
            row.sort_key = sort_key(value)
            written.append("sort_key")
    return written
