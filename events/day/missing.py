"""Who may not be counted yet, and why. Only says what is missing, never what was given."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from core.polish import sort_key
from events.choices import EnrolmentState, RegistrationState
from events.completeness import NO_FORM, missing_of
from events.models import Delegation, Participant, Registration
from events.use_cases.day.settling import data_deadline

NOT_OF_THE_PROJECT = "osoba nie jest zgłoszona w projekcie przez instytucję"


@dataclass(slots=True)
class Row:
    """One person: of the edition (`participant`), or only signed up at the event (`stranger`, the sign-up), whom
    events.use_cases.day.tying makes one of the edition. `missing` in words."""

    name: str
    institution: str
    email: str
    participant: Participant | None
    missing: list = field(default_factory=list)
    stranger: Registration | None = None

    @property
    def is_theirs(self):
        """Whether the person can do something about it, and so may get a letter."""
        return self.participant is not None and any(words != NO_FORM for words in self.missing)

    @property
    def gets_letter(self):
        return self.is_theirs and bool(self.email)


def rows_of_event(event):
    """Row for each person who has a place and was not absent; of an event outside projects nothing is demanded."""
    if event.edition_id is None:
        return []
    states = [state for state in RegistrationState.seated() if state != RegistrationState.ABSENT]
    registrations = event.registrations.filter(state__in=states).select_related("participant", "enrolment", "event")
    return _sorted(_row(one, event.edition) for one in registrations)


def rows_of_edition(edition):
    """Row for each person on a roster or present at an event of the edition. Two queries, whatever the number."""
    delegations = (
        Delegation.objects.filter(enrolment__edition=edition, participant__erased_at=None)
        .exclude(enrolment__state__in=[EnrolmentState.ENDED, EnrolmentState.DRAFT])
        .filter(ends_on=None)
        .select_related("participant", "enrolment")
    )
    rows = {
        (one.participant_id, one.enrolment_id): _of(one.participant, one.enrolment, edition) for one in delegations
    }
    present = Registration.objects.filter(event__edition=edition, state=RegistrationState.PRESENT)
    for one in present.select_related("participant", "enrolment", "event"):
        key = (one.participant_id, one.enrolment_id) if one.participant_id else (None, one.pk)
        rows.setdefault(key, _row(one, edition))
    return _sorted(rows.values())


def deadline_of_event(event):
    return data_deadline(timezone.localdate(event.ends_at)) if event.ends_at else None


def deadline_of_edition(edition):
    return data_deadline(edition.ends_on)


def days_left(deadline: date, today: date):
    """Days until the deadline, negative when it has passed."""
    return (deadline - today).days


def _row(registration, edition):
    if registration.participant_id is None:
        institution = registration.institution_name
        return Row(registration.full_name, institution, registration.email, None, [NOT_OF_THE_PROJECT], registration)
    return _of(registration.participant, registration.enrolment, edition)


def _of(participant, enrolment, edition):
    missing = missing_of(participant, enrolment, edition=edition)
    return Row(str(participant), enrolment.name if enrolment else "", participant.email, participant, missing)


def _sorted(rows):
    return sorted(rows, key=lambda row: sort_key(row.name))
