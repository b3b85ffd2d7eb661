"""An institution's form until it is signed: starting it, saving it step by step."""

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from events.choices import EnrolmentState
from events.enrolment import steps
from events.enrolment.texts import versions_mark, versions_of
from events.letters.enrolment import STARTED, send, signup_link
from events.models import Edition, Enrolment
from events.workflow import PERSON, enrolments
from registry.models import Institution

COPIED = (
    "name", "legal_form_id", "regon", "krs", "street", "house_number", "flat_number", "postal_code", "post_office",
    "town", "municipality_id", "county_id",
)  # fmt: skip
# What is never emptied: letters have to reach somebody, and a form that was signed once has a name and a category.
KEPT = ("email", "name", "category")
NEWER = "Formularz lub regulamin właśnie się zmienił. Przejrzyj ten krok i zapisz go jeszcze raz."
CLOSED = "Do tej edycji nie można się teraz zgłosić."


@transaction.atomic
def start(*, edition_id, nip, email, event=None, now):
    """Begin a form for whoever wrote this NIP, or find the one that is there; the way to it goes by letter only.

    `event` is the Event because of which the institution enrols; of a form that is complete already the letter has a
    link to signing its people up, because whoever wrote the NIP has no say over where they go.

    Nothing is returned, so that nobody learns here who takes part already: of a form on its way the link goes to its
    own addresses, of a draft to the address it was begun with. Refused: the edition takes no enrolments.
    """
    edition = _open_edition(edition_id, now)
    found = Enrolment.objects.living().filter(edition=edition, nip=nip)
    enrolment = found.exclude(state=EnrolmentState.DRAFT).first() or found.filter(email__iexact=email).first()
    enrolment = enrolment or _new(edition, nip, now, email=email)
    _bind(enrolment, event)
    link = signup_link(event, enrolment) if event and enrolment.state != EnrolmentState.DRAFT else ""
    send(STARTED, enrolment, now=now, once_in="minutes", event=event, signup_link=link)


@transaction.atomic
def start_for(*, edition_id, institution_id, user, event=None, now):
    """Begin a form for an institution that the person may enrol (the caller asks that), or give the living one.
    `event` as in start()."""
    edition = _open_edition(edition_id, now)
    institution = Institution.objects.living().get(pk=institution_id)
    if not institution.nip:
        raise Refused("Ta instytucja nie ma w rejestrze numeru NIP. Napisz do koordynatora, a go uzupełni.")
    found = Enrolment.objects.living().filter(edition=edition, nip=institution.nip)
    enrolment = found.exclude(state=EnrolmentState.DRAFT).first() or found.filter(started_by=user).first()
    if enrolment is None:
        own = {"contact_name": user.full_name[:120], "contact_email": user.email, "started_by": user}
        enrolment = _new(edition, institution.nip, now, email=user.email, **own)
        send(STARTED, enrolment, now=now, event=event, signup_link="")
    _bind(enrolment, event)
    return enrolment


@transaction.atomic
def save(*, enrolment_id, step, values, typed, shown, versions="", now):
    """Keep what stands in one step, complete or not; returns the Enrolment.

    `values` {column: value} is what could be read (of steps.QUESTIONS the answers), `typed` {field: text} what could
    not. `shown` is steps.digest() of what the page had shown: when somebody else has saved this step meanwhile,
    Changed is raised and nothing is written. Refused: of steps.QUESTIONS other `versions` than texts.versions_mark(),
    because what is declared has to have been read.
    """
    enrolment = locked_draft(enrolment_id, now=now)
    if step == steps.QUESTIONS and versions != versions_mark(enrolment, timezone.localdate(now)):
        raise Refused(NEWER)
    before = steps.saved_values(enrolment, step)
    _write(enrolment, step, values, typed, now)
    if shown != steps.digest(before) and steps.digest(steps.saved_values(enrolment, step)) != steps.digest(before):
        raise Changed(before)
    reopened(enrolment)
    enrolment.saved_at = now
    enrolment.save()
    return enrolment


class Changed(Refused):
    """Somebody else saved the same step; `saved` is what stands there now."""

    def __init__(self, saved):
        super().__init__("W międzyczasie ktoś zapisał ten krok inaczej.")
        self.saved = saved


def locked_draft(enrolment_id, *, now):
    """The form, locked until the transaction ends. Refused when nothing may be changed in it any more."""
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related("edition")
    enrolment = rows.get(pk=enrolment_id)
    if enrolment.state not in EnrolmentState.editable():
        raise Refused("Tego zgłoszenia nie można teraz zmieniać: jest już przesłane.")
    if words := steps.why_closed(enrolment, now):
        raise Refused(words)
    return enrolment


def reopened(enrolment):
    """Whoever changes a form that waits for signatures has to have it printed anew. Refused: it has been sent."""
    if enrolment.state not in (EnrolmentState.DRAFT, EnrolmentState.RETURNED):
        name = "reopen_returned" if enrolment.submitted_at else "reopen"
        enrolment.state = enrolments.resolve(name, state=enrolment.state, actor=PERSON).target


def _write(enrolment, step, values, typed, now):
    enrolment.answers = dict(enrolment.answers)
    if step == steps.QUESTIONS:
        kept = {key: value for key, value in enrolment.answers.items() if key.startswith("?")}
        enrolment.answers = kept | values
        enrolment.form, enrolment.regulations = versions_of(enrolment, timezone.localdate(now))
    else:
        for name in steps.COLUMNS[step]:
            if name in KEPT and not values.get(name) and (name == "email" or enrolment.state != EnrolmentState.DRAFT):
                typed = {name: ""} | typed
                continue
            setattr(enrolment, name, values.get(name) or (None if name.endswith("_id") else ""))
    if step == steps.ADDRESS:
        enrolment.county_id = enrolment.municipality_id and enrolment.municipality_id[:4]
    others = {key: value for key, value in enrolment.answers.get(steps.TYPED, {}).items() if key != step}
    enrolment.answers[steps.TYPED] = others | ({step: typed} if typed else {})
    enrolment.answers[steps.SEEN] = sorted({*enrolment.answers.get(steps.SEEN, []), step})


def _open_edition(edition_id, now):
    """Locked, so that two clicks begin one form."""
    edition = Edition.objects.select_for_update(no_key=True).get(pk=edition_id)
    if not edition.takes_enrolments_on(timezone.localdate(now)):
        raise Refused(CLOSED)
    return edition


def _bind(enrolment, event):
    """Of a draft, the event asked for last is the one that its people are on the way to."""
    if event and enrolment.state == EnrolmentState.DRAFT and enrolment.on_the_way_to_id != event.pk:
        enrolment.on_the_way_to = event
        enrolment.save(update_fields=["on_the_way_to"])


def _new(edition, nip, now, **given):
    """Public data of the register only: contacts there may be a person's."""
    known = Institution.objects.living().filter(nip=nip).first()
    copied = {name: getattr(known, name) for name in COPIED} if known else {}
    if known and known.other_register:
        copied["other_register"] = f"{known.other_register} {known.other_register_number}".strip()
    return Enrolment.objects.create(
        edition=edition, nip=nip, institution=known, started_at=now, saved_at=now, **copied, **given
    )
