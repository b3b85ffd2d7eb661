"""EnrolmentUpdate.changes as a person reads them."""

from events.choices import DelegateRole
from events.enrolment.faults import LABELS
from registry.models import Municipality


def address_rows(changes):
    """[(label, old, new)] of what differs; nothing once the update was forgotten."""
    if not changes:
        return []
    old, new = changes["old"], changes["new"]
    codes = {values.get("municipality_id") for values in (old, new)} - {None, ""}
    names = {
        one.pk: f"{one} ({one.county})" for one in Municipality.objects.filter(pk__in=codes).select_related("county")
    }
    return [
        (LABELS[name.removesuffix("_id")], names.get(old.get(name), old.get(name)), names.get(value, value))
        for name, value in new.items()
        if (old.get(name) or "") != (value or "")
    ]


def people_rows(changes):
    """[(what is done, who, what they are)]."""
    words = {"add": "dodać", "end": "odwołać", "change": "zmienić rolę"}
    return [
        (
            words[one["do"]],
            one.get("name") or f"{one['first_name']} {one['last_name']}",
            ", ".join(
                filter(None, [DelegateRole(one["role"]).label if one.get("role") else "", one.get("job_title")])
            ),
        )
        for one in changes
    ]
