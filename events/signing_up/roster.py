"""The people whom an institution may send to an event, as they are chosen from a list."""

from dataclasses import dataclass

from django.db.models.functions import Lower
from django.utils import timezone

from events.choices import DelegateRole
from events.completeness import is_complete
from events.models import Delegation, Participant, Registration
from events.signing_up.standing import BADGES
from events.use_cases.signups.institutions import is_in_audience


@dataclass(slots=True)
class Line:
    """One person. `state` in words when signed up already; `lacks`: papers of the project are missing, and the
    institution is not told which ones; `excluded`: why they cannot come."""

    pk: int
    name: str
    role: str
    state: str = ""
    badge: str = ""
    lacks: bool = False
    excluded: str = ""
    checked: bool = False
    shown: bool = True

    @property
    def may_be_chosen(self):
        return not self.state and not self.excluded


def lines(event, enrolment, *, chosen=(), words=""):
    """Lines by name, in three queries however long the roster is. Whoever was chosen stays on the page while others
    are searched for."""
    rows = (
        Delegation.objects.on(timezone.localdate(event.starts_at))
        .filter(enrolment=enrolment, participant__erased_at=None)
        .select_related("participant")
        .order_by(Lower("participant__last_name"), Lower("participant__first_name"), "pk")
    )
    states = dict(
        Registration.objects.active()
        .filter(event=event, participant__delegations__enrolment=enrolment)
        .values_list("participant", "state")
    )
    found = {}
    for row in rows:
        row.enrolment = enrolment
        if row.participant_id not in found:
            found[row.participant_id] = _line(event, enrolment, row, states.get(row.participant_id))
    for one in found.values():
        one.checked = one.may_be_chosen and one.pk in chosen
        one.shown = one.checked or all(word in one.name.casefold() for word in words.casefold().split())
    return list(found.values())


def _line(event, enrolment, row, state):
    registration = Registration(state=state) if state else None
    return Line(
        pk=row.participant_id,
        name=f"{row.participant.last_name} {row.participant.first_name}",
        role=row.job_title or DelegateRole(row.role).label,
        state=registration.get_state_display() if state else "",
        badge=BADGES.get(state, "") if state else "",
        lacks=not is_complete(row.participant, enrolment, edition=event.edition),
        excluded=_why_outside(event, row),
    )


def _why_outside(event, delegation):
    if is_in_audience(event, delegation):
        return ""
    of_others = event.audience and delegation.enrolment.category not in event.audience
    return f"wydarzenie jest dla {'instytucji z innej grupy' if of_others else 'osób w innej roli'}"


def registered_of(event, enrolment):
    """How many of this institution are signed up."""
    return Registration.objects.active().filter(event=event, enrolment=enrolment).count()


def participants(event, ids):
    """People by id, by name."""
    return list(
        Participant.objects.filter(edition=event.edition_id, pk__in=ids).order_by("last_name", "first_name", "pk")
    )
