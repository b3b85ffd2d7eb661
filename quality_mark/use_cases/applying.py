"""Verbs of the applicant: beginning, saving, sending in and taking back an application."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import Refused
from core.signed_files import has_signature
from core.weaving import woven
from quality_mark import access
from quality_mark.applying import facts, steps
from quality_mark.applying.eligibility import checks, intake_on, kind_check, may_begin, rules_on
from quality_mark.choices import SIGNED, Actor, ApplicationKind, ApplicationState, SignedBy
from quality_mark.correction import merged, places_of
from quality_mark.models import Application, NumberCounter
from quality_mark.use_cases.moving import advance, locked
from registry.models import Offer

EDITABLE = (ApplicationState.DRAFT, ApplicationState.CORRECTION)
MARK_ENDED = "Znak wygasł przed złożeniem wniosku o jego przedłużenie."
CLOSED = "Wezwanie nie dotyczy tego miejsca: nie można go teraz zmieniać."


@transaction.atomic
def begin(*, offer_id, actor, now):
    """The draft for an offer: a new one, or the one that is there. Refused with what is not met.

    The draft of a renewal that was not sent before its mark ended is closed, and what was typed in it goes on.
    """
    offers = Offer.objects.select_for_update(of=("self",)).select_related(
        "organisation__kind", "organisation__institution", "organisation__unit"
    )
    offer = offers.get(pk=offer_id)
    draft = Application.objects.filter(offer=offer, state=ApplicationState.DRAFT).first()
    if draft and draft.kind == ApplicationKind.FIRST:
        return draft
    day = timezone.localdate(now)
    rules, intake = rules_on(day), intake_on(day)
    found = checks(offer, day=day, rules=rules, intake=intake)
    if not may_begin(found):
        raise Refused(" ".join(f"{one.why} {one.advice}".strip() for one in found if one.is_met is False))
    answers = {}
    if draft:
        kept = set(draft.answers) - {steps.DECLARATIONS, steps.CHANGES}
        answers = {step: draft.answers[step] for step in kept}
        advance(application_id=draft.pk, step="withdraw", role=Actor.APPLICANT, actor=actor, note=MARK_ENDED, now=now)
    try:
        with transaction.atomic():
            return Application.objects.create(
                offer=offer, rulebook=rules, intake=intake, started_by=actor, started_at=now, saved_at=now,
                answers=answers, revisions=dict.fromkeys(answers, 1),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("Dla tej oferty jest już otwarty wniosek.") from error


@transaction.atomic
def save(*, application_id, step, typed, seen, page="", actor, now):
    """Keep what was typed in a step, whatever it is. Returns the application, with `differing` the names of fields in
    which somebody else has written something else since the page was drawn: these stay as they are saved.

    `seen` tells what the page showed (core.weaving), `page` names it. While a call waits for an answer, only the
    places that it names are changed. Refused: it names none in this step.
    """
    application = editable(application_id, actor)
    places = places_of(application)
    if not places.opens_step(step):
        raise Refused(CLOSED)
    saved = application.answers.get(step, {})
    is_same_page = bool(page) and application.last_pages.get(step) == page
    typed = merged(places, step, typed, saved)
    stored, application.differing = woven(typed, saved, seen, is_same_page=is_same_page)
    if stored == saved and step in application.revisions:
        return application
    application.answers = application.answers | {step: stored}
    application.revisions = application.revisions | {step: application.revisions.get(step, 0) + 1}
    # A page that was told of another window contends with it until both have been seen beside each other.
    application.last_pages = application.last_pages | {step: "" if application.differing else page}
    application.saved_at = now
    application.save(update_fields=["answers", "revisions", "last_pages", "saved_at"])
    return application


@transaction.atomic
def submit(*, application_id, gaps, signed_name="", is_on_paper=False, actor, now):
    """Send the draft in: a number, the moment, and what the register says of the applicant, frozen. A second press is
    no second submission. `gaps` tells what is missing in the row that is locked here.

    It is signed by a typed declaration of `signed_name`, the actor without one, or by the signed copy among its
    papers. Refused: not complete, not signed, not to be taken now.
    """
    application = _of_applicant(application_id, actor)
    if application.state != ApplicationState.DRAFT:
        if application.number:
            return application
        raise Refused("Tego wniosku nie można już złożyć.")
    missing = list(gaps(application))
    if missing:
        raise Refused(f"Wniosek nie jest jeszcze kompletny: {missing[0].text}")
    if refusal := why_not(application, timezone.localdate(now)):
        raise Refused(refusal)
    signed_by, signed_name = _signed(application, signed_name or actor.get_full_name(), is_on_paper)
    Application.objects.filter(pk=application.pk).update(
        number=next_number(timezone.localdate(now).year),
        submitted_at=now,
        signed_by=signed_by,
        signed_name=signed_name,
        intake=intake_on(timezone.localdate(now)) if application.kind == ApplicationKind.FIRST else None,
        applicant=facts.of_applicant(application.offer),
        offer_facts=facts.of_offer(application.offer),
    )
    # A draft is kept at every field; of how it was typed nothing has to be remembered.
    typing = Application.pgh_event_model.objects.filter(pgh_obj_id=application.pk, state=ApplicationState.DRAFT)
    typing.exclude(pgh_label="insert").delete()
    return advance(application_id=application.pk, step="submit", role=Actor.APPLICANT, actor=actor, now=now)


def withdraw(*, application_id, reason="", actor, now):
    """Take the application back, at any moment before the agreement is signed. A draft without a number is closed."""
    return advance(
        application_id=application_id, step="withdraw", role=Actor.APPLICANT, actor=actor, note=reason, now=now
    )


def is_too_late(application, today):
    """Whether this is the draft of a renewal whose mark has ended: it can be sent no more, whatever is filled in."""
    is_draft = application.kind == ApplicationKind.RENEWAL and application.state == ApplicationState.DRAFT
    return is_draft and application.mark.valid_until < today


def why_not(application, today):
    """Why a complete draft cannot be sent today, in words, or an empty text."""
    offer, organisation = application.offer, application.offer.organisation
    if organisation.removed_at:
        return "Podmiotu nie ma już w rejestrze, więc nie można złożyć wniosku."
    if offer.removed_at or not organisation.published_at:
        return "Oferty nie ma teraz w katalogu. Gdy tam wróci, wniosek będzie można złożyć."
    if application.kind == ApplicationKind.RENEWAL:
        if is_too_late(application, today):
            return "Znak już wygasł, więc nie można go przedłużyć. Złóż nowy wniosek o przyznanie znaku."
        return ""
    check = kind_check(organisation, application.rulebook)
    if check.is_met is False:
        return f"{check.why} {check.advice}"
    if intake_on(today) is None:
        return "Nabór wniosków się skończył. Wersja robocza zostaje: można ją złożyć w następnym naborze."
    return ""


def signed_copy(application):
    """The signed document among its papers, or None. What was signed before the last change was another text."""
    return application.papers.filter(code=SIGNED, removed_at=None, uploaded_at__gte=application.saved_at).last()


def _signed(application, name, is_on_paper):
    if not is_on_paper:
        if not application.rulebook.takes_typed_declaration:
            raise Refused("Zasady wymagają podpisanego dokumentu: pobierz wniosek, podpisz go i dołącz.")
        return SignedBy.DECLARATION, name
    paper = signed_copy(application)
    if paper is None:
        raise Refused(
            "Nie ma podpisanego dokumentu albo wniosek zmieniono po podpisaniu. Podpisz go i dołącz jeszcze raz."
        )
    with paper.file.open() as file:
        is_electronic = has_signature(paper.content_type, file.read())
    return SignedBy.SIGNATURE_FILE if is_electronic else SignedBy.SCAN, ""


def next_number(year):
    """ZP/RRRR/NNN, without gaps: the counter is locked until the transaction ends, and goes back with it."""
    NumberCounter.objects.get_or_create(year=year)
    counter = NumberCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"ZP/{year}/{counter.last:03}"


def _of_applicant(application_id, actor):
    application = locked(application_id)
    access.check(actor, Actor.APPLICANT, application)
    return application


def editable(application_id, actor):
    """The application, locked. Refused: not the person's to change, or not now."""
    application = _of_applicant(application_id, actor)
    if application.state not in EDITABLE:
        raise Refused("Tego wniosku nie można teraz zmieniać.")
    return application
