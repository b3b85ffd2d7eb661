"""What somebody says who opened the link of a letter: all is right, something has changed, we have closed."""

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from registry.choices import Answer, Channel, Verifier
from registry.models import ConfirmationRequest
from registry.use_cases.organisations import locked, verify
from registry.use_cases.reports import report_error

OVER = "Ten odsyłacz już nie działa."
ANSWERED = "Odpowiedź na ten list już jest zapisana."
# Only who runs the place knows these: once confirmed, a weaker list may not overwrite them.
OWN_FACTS = ("phone", "email", "www")
FROM_LETTER = "Z listu o potwierdzenie danych."


@transaction.atomic
def confirm(*, request_id, now):
    """ "Wszystko się zgadza". Pressing twice is harmless; returns the request. Refused when the link is over."""
    request = _locked(request_id)
    if request.answer == Answer.CONFIRMED:
        return request
    _must_be_open(request, now)
    _answer(request, Answer.CONFIRMED, now)
    fields = [name for name in OWN_FACTS if getattr(request.organisation.party, name)]
    verify(
        organisation_id=request.organisation_id,
        verifier=Verifier.REPRESENTATIVE,
        channel=Channel.LETTER,
        fields=fields,
        now=now,
    )
    return request


@transaction.atomic
def tell_changes(*, request_id, changes, words="", now):
    """ "Coś się zmieniło": (label, new value) pairs and free words become a report for the coordinators.

    Nothing of the card changes: whoever has the letter has no account. Refused when nothing was said.
    """
    request = _locked(request_id)
    if request.answer == Answer.CHANGES:
        return request
    _must_be_open(request, now)
    said = [f"{label}: {value}" for label, value in changes if value.strip()]
    said += [words.strip()] if words.strip() else []
    if not said:
        raise Refused("Zmień to, co się nie zgadza, albo napisz o tym własnymi słowami.")
    _answer(request, Answer.CHANGES, now)
    _report(request, "\n".join([FROM_LETTER, *said]), now)
    return request


@transaction.atomic
def tell_closing(*, request_id, words="", now):
    """ "Już nie działamy": a report for the coordinators, who ring before they believe it."""
    request = _locked(request_id)
    if request.answer == Answer.CLOSING:
        return request
    _must_be_open(request, now)
    _answer(request, Answer.CLOSING, now)
    _report(request, "\n".join(filter(None, [FROM_LETTER, "Podmiot pisze, że już nie działa.", words.strip()])), now)
    return request


def is_good(request, today):
    """Whether the link of this request still takes an answer."""
    card = request.organisation
    at_work = card.published_at is not None and not hasattr(card, "closing")
    return request.ended_on is None and request.expires_on > today and at_work


def _locked(request_id):
    """The request, after the card: everybody who changes both takes them in this order."""
    card = ConfirmationRequest.objects.filter(pk=request_id).values_list("organisation_id", flat=True).first()
    locked(card)
    return ConfirmationRequest.objects.with_card().select_for_update(of=("self",)).get(pk=request_id)


def _must_be_open(request, now):
    if request.answer:
        raise Refused(ANSWERED)
    if not is_good(request, timezone.localdate(now)):
        raise Refused(OVER)


def _answer(request, answer, now):
    request.answer, request.answered_at, request.ended_on = answer, now, timezone.localdate(now)
    request.save(update_fields=["answer", "answered_at", "ended_on"])


def _report(request, message, now):
    report_error(
        organisation_id=request.organisation_id, message=message, email=request.address, by_letter=True, now=now
    )
