"""Finding people of an edition's rosters while somebody types."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from core.polish import sort_key
from events.choices import EnrolmentState, RegistrationState
from events.models import Delegation, Enrolment, Registration
from registry.admin.words import holding

MOST = 12


@dataclass(slots=True)
class Found:
    """One person of one institution: who is in two stands here twice."""

    delegation: Delegation
    signed_up: str = ""


def find(event, words, now):
    """People of the event's edition whose names and institution hold all the words, with or without Polish accents;
    at most MOST, in Polish order."""
    words = " ".join(words[:120].split()[:6])
    if event.edition_id is None or len(words) < 2:
        return []
    rows = Delegation.objects.on(timezone.localdate(now)).filter(
        enrolment__edition=event.edition_id,
        enrolment__state__in=EnrolmentState.living(),
        participant__erased_at=None,
    )
    rows = holding(rows, words, "participant__first_name", "participant__last_name", "enrolment__name")
    few = list(rows.select_related("participant", "enrolment").order_by("participant__last_name", "pk")[:MOST])
    states = _states(event, [one.participant_id for one in few])
    few.sort(key=lambda one: (sort_key(one.participant.last_name), sort_key(one.participant.first_name), one.pk))
    return [Found(one, states.get(one.participant_id, "")) for one in few]


def enrolments_of(event):
    """[(id, name)] of the institutions of the event's edition, in Polish order."""
    if event.edition_id is None:
        return []
    rows = Enrolment.objects.living().filter(Q(edition=event.edition_id) & ~Q(name="")).values_list("pk", "name")
    return sorted(rows, key=lambda row: (sort_key(row[1]), row[0]))


def _states(event, participants):
    rows = Registration.objects.active().filter(event=event, participant__in=participants)
    return {key: RegistrationState(state).label for key, state in rows.values_list("participant", "state")}
