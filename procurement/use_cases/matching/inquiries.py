"""Asking everybody on a shortlist at once: one message and deadline, and the same information for all.

Every letter is a row of the transaction that causes it. Whoever changes an inquiry locks its row first.
"""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Action, may
from core import links
from core.exceptions import Refused
from core.templatetags.portal import moment_words
from notifications.outbox import enqueue
from procurement.choices import InquiryStepName
from procurement.matching.represented import represented
from procurement.models import Addressee, Inquiry, InquiryQuestion, InquiryStep, Shortlist
from registry.models import Organisation

# The purpose of links to one organisation's side of an inquiry (core.links).
INQUIRY = "inquiry"
LETTER = "procurement/email/inquiry_{}"


@transaction.atomic
def send(*, shortlist, kind, subject, message, links, opening, deadline_at, actor, now):
    """Ask all on the list whose cards visitors see. Pressed twice it asks once, and the first Inquiry is returned.

    Who has no address anywhere is asked too, but no letter goes: the officer sees it and hands the link over.
    Refused: nobody on it, a deadline that has passed, somebody who does not buy for its owner.
    """
    _may_buy(actor, shortlist.owner)
    if deadline_at <= now:
        raise Refused("Termin musi być w przyszłości.", field="deadline_at")
    Shortlist.objects.select_for_update(of=("self",)).get(pk=shortlist.pk)
    cards = [entry.organisation for entry in asked_from(shortlist).select_related(*_PARTY).order_by("pk")]
    if not cards:
        raise Refused("Na liście nie ma nikogo, kogo można zapytać.")
    said = {
        "kind": kind, "subject": subject.strip(), "message": message.strip(), "links": links, "opening": opening,
        "deadline_at": deadline_at,
    }  # fmt: skip
    for same in shortlist.inquiries.filter(**said, withdrawn_at=None):
        if {card.pk for card in cards} <= set(same.addressees.values_list("organisation", flat=True)):
            return same
    inquiry = Inquiry.objects.create(
        authority=shortlist.authority, unit=shortlist.unit, shortlist=shortlist, posting_id=shortlist.posting_id,
        sent_at=now, sent_by=actor, **said,
    )  # fmt: skip
    Addressee.objects.bulk_create(Addressee(inquiry=inquiry, organisation=card) for card in cards)
    _step(inquiry, InquiryStepName.SENT, now, actor, note=f"zapytano: {len(cards)}")
    _tell_all(inquiry, "asked", now, key="asked", count=True)
    return inquiry


def asked_from(shortlist):
    """The entries of a list who would be asked: what has left the catalogue is not shown to the officer either."""
    return shortlist.entries.filter(organisation__in=Organisation.objects.working())


@transaction.atomic
def move_deadline(*, inquiry, deadline_at, actor, now):
    """Refused: withdrawn, a time that has passed, replies that may have been read already."""
    inquiry = _locked(inquiry, actor)
    if inquiry.withdrawn_at or not inquiry.is_open(now):
        raise Refused("To zapytanie jest już zamknięte: terminu nie można zmienić.", field="deadline_at")
    if deadline_at <= now:
        raise Refused("Termin musi być w przyszłości.", field="deadline_at")
    if deadline_at == inquiry.deadline_at:
        raise Refused("To jest ten sam termin.", field="deadline_at")
    note = f"{moment_words(inquiry.deadline_at)} → {moment_words(deadline_at)}"
    inquiry.deadline_at = deadline_at
    inquiry.save(update_fields=["deadline_at"])
    step = _step(inquiry, InquiryStepName.MOVED, now, actor, note=note)
    _tell_all(inquiry, "moved", now, key=f"moved:{step.pk}")


@transaction.atomic
def withdraw(*, inquiry, reason, actor, now):
    """Refused: withdrawn already, no reason. Replies that were sealed stay so."""
    inquiry = _locked(inquiry, actor)
    if inquiry.withdrawn_at:
        raise Refused("To zapytanie jest już wycofane.")
    if not reason.strip():
        raise Refused("Napisz, dlaczego wycofujesz zapytanie.", field="reason")
    inquiry.withdrawn_at = now
    inquiry.save(update_fields=["withdrawn_at"])
    _step(inquiry, InquiryStepName.WITHDRAWN, now, actor, note=reason.strip()[:1000])
    _tell_all(inquiry, "withdrawn", now, key="withdrawn", reason=reason.strip())


@transaction.atomic
def answer(*, inquiry, question, text, actor, now):
    """Question and answer go to everybody who was asked. Refused: answered already, empty, closed."""
    inquiry = _locked(inquiry, actor)
    question = InquiryQuestion.objects.select_for_update().get(pk=question.pk)
    if question.answered_at:
        raise Refused("Na to pytanie już odpowiedziano.")
    if not text.strip():
        raise Refused("Napisz odpowiedź.", field="text")
    if not inquiry.is_open(now):
        raise Refused("To zapytanie jest już zamknięte.")
    question.answer, question.answered_at, question.answered_by = text.strip(), now, actor
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    _step(inquiry, InquiryStepName.ANSWERED, now, actor)
    _tell_all(inquiry, "answered", now, key=f"answered:{question.pk}", question=question)


def _locked(inquiry, actor):
    inquiry = Inquiry.objects.select_for_update(of=("self",)).with_owner().get(pk=inquiry.pk)
    _may_buy(actor, inquiry.owner)
    return inquiry


def _may_buy(actor, owner):
    if not may(actor, Action.BUY, owner):
        raise Refused("Nie działasz w imieniu tego zamawiającego.")


def _step(inquiry, name, now, actor=None, note=""):
    return InquiryStep.objects.create(inquiry=inquiry, name=name, note=note, made_at=now, made_by=actor)


_PARTY = ("organisation__institution", "organisation__unit__operator", "organisation__kind")


def _tell_all(inquiry, name, now, *, key, count=False, **more):
    """One letter to every address of each organisation that was asked."""
    addressees = list(inquiry.addressees.select_related(*_PARTY))
    people = represented(timezone.localdate(now), [one.organisation_id for one in addressees])
    for one in addressees:
        users = {user.email.lower(): user for user in people.get(one.organisation_id, ())}
        public = one.organisation.party.email.lower()
        addresses = dict.fromkeys([*([public] if public else []), *users])
        for address in addresses:
            enqueue(
                to=address,
                user=users.get(address),
                template=LETTER.format(name),
                context={
                    "inquiry": inquiry,
                    "organisation": str(one.organisation),
                    "link": link_of(one),
                    **more,
                },
                dedupe_key=f"procurement-inquiry:{one.pk}:{key}:{address}"[:200],
                now=now,
            )
        one.letters = len(addresses)
    if count:
        Addressee.objects.bulk_update(addressees, ["letters"])


def link_of(addressee):
    return settings.SITE_URL + reverse("procurement:inquiry_reply", args=[links.token(INQUIRY, addressee)])
