"""What an institution may know of its people: who they are, what they are there, and whether they have declared."""

from dataclasses import dataclass
from datetime import date

from events.choices import DelegateRole
from events.models import Delegation


@dataclass(frozen=True, slots=True)
class Declared:
    delegation_id: int
    participant_id: int
    name: str
    role: str
    job_title: str
    since: date
    has_declared: bool


def declared_of(enrolment, day):
    """A row for each person delegated on a day or from a later one, and nothing that the person gave themselves."""
    rows = Delegation.objects.filter(enrolment=enrolment).exclude(ends_on__lte=day)
    return [
        Declared(pk, who, f"{first} {last}", DelegateRole(role).label, title, since, declared is not None)
        for pk, who, first, last, role, title, since, declared in rows.order_by("pk").values_list(
            "pk",
            "participant",
            "participant__first_name",
            "participant__last_name",
            "role",
            "job_title",
            "starts_on",
            "participant__declared_at",
        )
    ]
