"""What coordinators say to the form of an institution."""

from django.db import transaction
from django.utils import timezone

from accounts.permissions import has_own_interest
from core.exceptions import Refused
from core.links import new_key
from events.choices import EnrolmentState
from events.enrolment.faults import LABELS
from events.letters.enrolment import ACCEPTED, RETURNED, STARTED, send, send_own_link
from events.models import Delegation, Enrolment, FieldRemark
from events.use_cases.signups.steps import documents_arrived
from events.workflow import STAFF, enrolments
from registry.models import Institution
from registry.use_cases.institutions import institution_of

OWN = "To zgłoszenie instytucji, w której imieniu działasz. Sprawdzi je ktoś inny."


@transaction.atomic
def accept(*, enrolment_id, actor, now):
    """Take the institution in: it is bound to the register by NIP, its people are delegated from today on and get
    their own links. Accepting twice is not an error. Refused: one's own institution, a form that is not in the queue.
    """
    enrolment = _locked(enrolment_id)
    refuse_own(enrolment, actor)
    if enrolment.state == EnrolmentState.ACCEPTED:
        return enrolment
    step = enrolments.resolve("accept", state=enrolment.state, actor=STAFF)
    enrolment.institution = institution_of(**_legal_person(enrolment))
    enrolment.state, enrolment.decided_at, enrolment.decided_by = step.target, now, actor
    enrolment.save(update_fields=["institution", "state", "decided_at", "decided_by"])
    people = Delegation.objects.filter(enrolment=enrolment, ends_on=None).select_related("participant__edition")
    people.update(starts_on=timezone.localdate(now))
    send(ACCEPTED, enrolment, now=now)
    for one in people:
        if one.participant.declared_at is None:
            send_own_link(one.participant, institution=enrolment.name, now=now, key=f"accepted-{enrolment.pk}")
    documents_arrived(participant_ids=[one.participant_id for one in people], now=now)
    return enrolment


@transaction.atomic
def give_back(*, enrolment_id, remarks, actor, now):
    """Return a form with words beside its fields: {field: words}. Refused: one's own, no words, not in the queue."""
    enrolment = _locked(enrolment_id)
    refuse_own(enrolment, actor)
    step = enrolments.resolve("give_back", state=enrolment.state, actor=STAFF)
    said = {field: words.strip() for field, words in remarks.items() if words.strip()}
    if not said:
        raise Refused("Napisz przy co najmniej jednym polu, co poprawić.")
    rows = FieldRemark.objects.bulk_create(
        FieldRemark(enrolment=enrolment, field=field[:60], words=words[:500], made_at=now, made_by=actor)
        for field, words in said.items()
    )
    enrolment.state, enrolment.decided_at, enrolment.decided_by = step.target, now, actor
    enrolment.save(update_fields=["state", "decided_at", "decided_by"])
    labels = _labels(enrolment)
    words = [{"label": labels.get(row.field, row.field), "words": row.words} for row in rows]
    send(RETURNED, enrolment, now=now, remarks=words)
    return enrolment


@transaction.atomic
def send_links(*, enrolment_id, actor, now, participant_id=None):
    """The own links once more, to one person or to all who have not declared yet; returns how many went out."""
    enrolment = _locked(enrolment_id)
    if enrolment.state != EnrolmentState.ACCEPTED:
        raise Refused("Odsyłacze dostają osoby z przyjętych zgłoszeń.")
    people = Delegation.objects.filter(enrolment=enrolment).on(timezone.localdate(now))
    people = people.filter(participant__erased_at=None).select_related("participant__edition")
    if participant_id:
        people = people.filter(participant=participant_id)
    else:
        people = people.filter(participant__declared_at=None)
    return sum(send_own_link(one.participant, institution=enrolment.name, now=now) for one in people)


@transaction.atomic
def renew_link(*, enrolment_id, actor, now):
    """Every link to the form that was sent before opens nothing from now on; its addresses get a new one."""
    enrolment = _locked(enrolment_id)
    refuse_own(enrolment, actor)
    enrolment.link_key = new_key()
    enrolment.save(update_fields=["link_key"])
    send(STARTED, enrolment, now=now, event=None, signup_link="")


def refuse_own(enrolment, actor):
    if concerns(enrolment, actor):
        raise Refused(OWN)


def concerns(enrolment, actor):
    """Whether the person acts for the institution of this form; a draft may not be bound to the register yet."""
    institution = enrolment.institution_id or (
        Institution.objects.living().filter(nip=enrolment.nip).values_list("pk", flat=True).first()
    )
    return enrolment.started_by_id == actor.pk or has_own_interest(actor, institution)


def _legal_person(enrolment):
    names = ("nip", "name", "legal_form_id", "regon", "krs", "street", "house_number", "flat_number", "postal_code")
    more = ("post_office", "town", "municipality_id", "county_id")
    return {name: getattr(enrolment, name) for name in names + more}


def _labels(enrolment):
    questions = enrolment.form.questions.all() if enrolment.form else ()
    return LABELS | {f"pytanie-{one.code}": one.label for one in questions}


def _locked(enrolment_id):
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related("edition", "form")
    return rows.get(pk=enrolment_id)
