"""Changes to an accepted form, from a day on: sent by the institution, decided by a coordinator, kept for good."""

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from events.choices import EnrolmentState, UpdateKind, UpdateState
from events.enrolment import steps
from events.enrolment.faults import OUTSIDE
from events.enrolment.roster import Person
from events.letters.enrolment import DECIDED, send, send_own_link
from events.models import Delegation, Enrolment, EnrolmentUpdate
from events.use_cases.enrolment.reviewing import refuse_own
from events.use_cases.enrolment.roster import delegate, key_of, roster_of
from events.use_cases.enrolment.signing import keep_papers
from events.use_cases.signups.leaving import NOT_SENT, give_back
from events.use_cases.signups.steps import documents_arrived
from registry.use_cases.institutions import ADDRESS, move

NOTHING = "Nic się nie zmienia. Wpisz, kogo lub co zmienić."
PERSON_FIELDS = ("first_name", "last_name", "role", "email", "phone", "job_title")


@transaction.atomic
def send_people(*, enrolment_id, effective_on, added=(), ended=(), changed=(), uploads=(), user=None, now):
    """Ask for changes of the list from a day on; returns the EnrolmentUpdate.

    `added` are of events.enrolment.roster.Person, `ended` ids of delegations, `changed` triples (id, role, job title).
    Refused: nothing to change, a day outside the edition, somebody who is not on the list. The same sent twice is one.
    """
    enrolment = _accepted(enrolment_id)
    present = {one.pk: one for one in roster_of(enrolment)}
    known = {key_of(one.participant) for one in present.values()}
    rows = [
        {"do": "add"} | {name: getattr(one, name) for name in PERSON_FIELDS} for one in added if one.key not in known
    ]
    rows += [{"do": "end", "delegation": pk, "name": _name(present, pk)} for pk in ended]
    rows += [
        {"do": "change", "delegation": pk, "name": _name(present, pk), "role": role, "job_title": title}
        for pk, role, title in changed
        if pk not in ended
    ]
    return _keep(enrolment, UpdateKind.PEOPLE, effective_on, rows, uploads, user, now)


@transaction.atomic
def send_address(*, enrolment_id, effective_on, new, uploads=(), user=None, now):
    """Ask for another address or contact from a day on; `new` has columns of the step steps.ADDRESS."""
    enrolment = _accepted(enrolment_id)
    old = {name: getattr(enrolment, name) or "" for name in steps.COLUMNS[steps.ADDRESS]}
    new = {name: new.get(name) or "" for name in old}
    changes = {"old": old, "new": new} if old != new else {}
    return _keep(enrolment, UpdateKind.ADDRESS, effective_on, changes, uploads, user, now)


@transaction.atomic
def decide(*, update_id, accept, answer, actor, now):
    """Apply an update, or send it back in words; the institution is told. Deciding the same twice is not an error.

    Refused: one's own institution, a "no" without words, an address before its day has come.
    """
    # The form first, as whoever ends an institution's part, which sends back the updates that wait.
    enrolment = Enrolment.objects.select_for_update(of=("self",), no_key=True).get(updates=update_id)
    update = _locked(update_id)
    refuse_own(enrolment, actor)
    wanted = UpdateState.ACCEPTED if accept else UpdateState.RETURNED
    if update.state == wanted:
        return update
    if update.state != UpdateState.SUBMITTED:
        raise Refused("Tę aktualizację ktoś już rozpatrzył.")
    if accept and enrolment.state != EnrolmentState.ACCEPTED:
        raise Refused("Udział tej instytucji w projekcie się zakończył, więc nie ma czego zmieniać.")
    if accept and not update.changes:
        raise Refused("Danych tej edycji już nie przechowujemy, więc nie ma czego zmieniać.")
    answer = answer.strip()
    if not accept and not answer:
        raise Refused("Napisz, dlaczego nie przyjmujesz tej aktualizacji.", field="answer")
    update.state, update.answer, update.decided_at, update.decided_by = wanted, answer, now, actor
    if accept:
        (_apply_people if update.kind == UpdateKind.PEOPLE else _apply_address)(enrolment, update, actor, now)
    update.save()
    send(DECIDED, enrolment, now=now, key=f"update-{update.pk}", update=update, is_accepted=accept)
    return update


@transaction.atomic
def apply_to_card(*, update_id, actor, now):
    """Put an accepted address on the card of the register too. Twice is not an error."""
    update = _locked(update_id)
    refuse_own(update.enrolment, actor)
    if update.kind != UpdateKind.ADDRESS or update.state != UpdateState.ACCEPTED:
        raise Refused("Na kartę przechodzą tylko przyjęte zmiany adresu.")
    if not update.changes:
        raise Refused("Danych tej edycji już nie przechowujemy, więc nie ma czego zmieniać.")
    if update.applied_to_card_at is None:
        move(institution_id=update.enrolment.institution_id, address=address_of(update), actor=actor, now=now)
        update.applied_to_card_at = now
        update.save(update_fields=["applied_to_card_at"])
    return update


def address_of(update):
    """The new address with names of registry.models.Address."""
    new = update.changes["new"]
    found = {name: new[name] for name in ADDRESS if name in new}
    municipality = new["municipality_id"] or None
    return found | {"municipality_id": municipality, "county_id": municipality and municipality[:4]}


def _apply_people(enrolment, update, actor, now):
    day = update.effective_on
    rows = {one.pk: one for one in roster_of(enrolment).select_for_update(of=("self",), no_key=True)}
    for change in update.changes:
        # Whoever left the list meanwhile has nothing to be ended or changed.
        if change["do"] == "end" and (one := rows.get(change["delegation"])):
            one.ends_on = max(day, one.starts_on)
            one.save(update_fields=["ends_on"])
            given = {"participant_ids": [one.participant_id], "from_day": one.ends_on, "note": NOT_SENT}
            give_back(enrolment_id=enrolment.pk, actor=actor, now=now, **given)
        elif change["do"] == "change" and (one := rows.get(change["delegation"])):
            _change_role(one, change, day)
    known = {key_of(one.participant) for one in rows.values()}
    people = [Person(**{name: one[name] for name in PERSON_FIELDS}) for one in update.changes if one["do"] == "add"]
    fresh = delegate(enrolment, [one for one in people if one.key not in known], starts_on=day, now=now)
    for one in fresh:
        one.participant.edition = enrolment.edition
        send_own_link(one.participant, institution=enrolment.name, now=now, key=f"update-{update.pk}")
    documents_arrived(participant_ids=[one.participant_id for one in (*rows.values(), *fresh)], now=now)


def _change_role(one, change, day):
    """The old role ends on the day on which the new one begins; one that had not begun is put right."""
    new = {"role": change["role"], "job_title": change["job_title"]}
    if day <= one.starts_on:
        Delegation.objects.filter(pk=one.pk).update(**new)
        return
    one.ends_on = day
    one.save(update_fields=["ends_on"])
    Delegation.objects.create(enrolment_id=one.enrolment_id, participant=one.participant, starts_on=day, **new)


def _apply_address(enrolment, update, actor, now):
    if update.effective_on > timezone.localdate(now):
        raise Refused("Ten adres jeszcze nie obowiązuje. Przyjmij zmianę w dniu, od którego ma obowiązywać.")
    for name, value in update.changes["new"].items():
        setattr(enrolment, name, value or (None if name.endswith("_id") else ""))
    enrolment.county_id = enrolment.municipality_id and enrolment.municipality_id[:4]
    typed = dict(enrolment.answers.get(steps.TYPED, {}))
    typed.pop(steps.ADDRESS, None)
    if not enrolment.municipality_id:
        typed[steps.ADDRESS] = {"municipality": OUTSIDE}
    enrolment.answers = enrolment.answers | {steps.TYPED: typed}
    enrolment.save()


def _keep(enrolment, kind, effective_on, changes, uploads, user, now):
    if not changes:
        raise Refused(NOTHING)
    edition = enrolment.edition
    if not edition.starts_on <= effective_on <= edition.ends_on:
        raise Refused("Ten dzień jest poza czasem trwania projektu.", field="effective_on")
    waiting = EnrolmentUpdate.objects.filter(enrolment=enrolment, kind=kind, state=UpdateState.SUBMITTED)
    for one in waiting.filter(effective_on=effective_on):
        if one.changes == changes:
            return one  # a second click
    update = EnrolmentUpdate.objects.create(
        enrolment=enrolment, kind=kind, effective_on=effective_on, changes=changes, sent_at=now, sent_by=user
    )
    if uploads:
        keep_papers(enrolment, uploads, now=now, update=update)
    return update


def _name(present, pk):
    if pk not in present:
        raise Refused("Tej osoby nie ma już na liście.")
    return str(present[pk].participant)


def _accepted(enrolment_id):
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True).select_related("edition")
    enrolment = rows.get(pk=enrolment_id)
    if enrolment.state != EnrolmentState.ACCEPTED:
        raise Refused("Zmieniać w ten sposób można tylko przyjęte zgłoszenie.")
    if enrolment.edition.closed_at is not None:
        raise Refused("Ta edycja projektu została zamknięta. Zmian już nie przyjmujemy.")
    return enrolment


def _locked(update_id):
    rows = EnrolmentUpdate.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("enrolment__edition").get(pk=update_id)
