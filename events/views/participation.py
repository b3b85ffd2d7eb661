"""A person's own page in an edition: their data, declarations, consents and events. Nobody else has its link."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.answering import AnswersForm, discard_files
from core.exceptions import Refused
from core.http import accepts, throttle
from core.link_pages import opened, sent
from core.navigation import has_session
from events.choices import FormKind, TextKind
from events.enrolment.texts import form_in_force, texts_in_force
from events.forms.participation import ConsentsForm, OwnDataForm
from events.letters.enrolment import PARTICIPANT
from events.models import Participant
from events.signing_up.answer_files import FOLDER
from events.use_cases.enrolment import participation as use_cases

TRIES_AN_HOUR = 30
NEWER = "Pytania właśnie się zmieniły. Przejrzyj je i wyślij formularz jeszcze raz."


def rows():
    return Participant.objects.filter(erased_at=None).select_related("edition", "form")


by_own_link = opened(PARTICIPANT, rows)


@accepts("GET", "HEAD", "POST")
@by_own_link
def participation(request, participant, token):
    today = timezone.localdate()
    texts = texts_in_force(participant.edition_id, today)
    consents = list(participant.consents.select_related("text").order_by("given_at", "pk"))
    given = {one.text_id for one in consents if one.withdrawn_at is None}
    version = participant.form or form_in_force(participant.edition_id, FormKind.PERSON, today)
    asked = list(version.questions.all()) if version else []
    answers = use_cases.answers_of(participant)
    data, files = sent(request)
    forms = {
        "own": OwnDataForm(data, participant=participant, edition=participant.edition, today=today),
        "questions": AnswersForm(asked, data, files, answers=answers),
        # Consents that were taken back are given again one by one, below.
        "consents": ConsentsForm(data, texts=_still_to_read(texts, given, participant), given=given),
    }
    if request.method == "POST":
        # Whoever tries out numbers of others is stopped.
        throttle("participation", participant.pk, limit=TRIES_AN_HOUR, seconds=3600)
        if not all([form.is_valid() for form in forms.values()]):
            pass
        elif request.POST.get("form", "") != _mark(version):
            forms["own"].add_error(None, NEWER)
        else:
            try:
                declared = _declare(request, participant, version, **forms)
            except Refused as refusal:
                field = refusal.field if refusal.field in forms["own"].fields else None
                forms["own"].add_error(field, str(refusal))
            else:
                if declared is None:
                    return render(request, "events/participation/joined.html", {"edition": participant.edition})
                messages.success(request, "Dziękujemy, dane są zapisane.")
                return redirect("events:participation", token)
    failed = any(form.errors for form in forms.values())
    context = {
        "participant": participant,
        "edition": participant.edition,
        "token": token,
        "texts": texts.values(),
        "version": version,
        "form_mark": _mark(version),
        "read": [one for one in consents if one.text.kind not in use_cases.FREE],
        "free": _free(texts, consents) if participant.declared_at else [],
        "registrations": participant.registrations.select_related("event").order_by("event__starts_at", "pk"),
        "delegations": participant.delegations.filter(ends_on=None).select_related("enrolment").order_by("pk"),
        **forms,
    }
    return render(request, "events/participation/own.html", context, status=422 if failed else 200)


@accepts("POST")
@by_own_link
def consent(request, participant, token, kind):
    """Give or take back one of the free consents."""
    if kind not in use_cases.FREE:
        raise Http404
    if request.method == "POST":
        given = {"participant_id": participant.pk, "kind": kind, "now": timezone.now()}
        text = request.POST.get("give", "")
        try:
            if "withdraw" in request.POST:
                use_cases.withdraw_consent(**given)
            else:
                use_cases.give_consent(**given, text_id=_number(text))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Zapisane.")
    return redirect("events:participation", token)


def _number(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _mark(version):
    """By which the page says on which version of the questions it was drawn."""
    return str(version.pk) if version else ""


def _declare(request, participant, version, *, own, questions, consents):
    asked = questions.questions
    answers = questions.answers(FOLDER)
    sealed = {question.code for question in asked if question.is_sensitive}
    user = request.user if has_session(request) and request.user.is_authenticated else None
    before, kept = questions.given, None
    try:
        kept = use_cases.declare(
            participant_id=participant.pk,
            values=own.values,
            pesel=own.new_pesel,
            form=version,
            answers={code: value for code, value in answers.items() if code not in sealed},
            sensitive={code: value for code, value in answers.items() if code in sealed},
            ticked=consents.ticked,
            user=user,
            now=timezone.now(),
        )
        return kept
    finally:
        # A file that was sent in vain, or that another one has replaced, is not kept.
        old, new = (before, answers) if kept else (answers, before)
        discard_files(asked, old, but=new)


def _still_to_read(texts, given, participant):
    """All texts at first; later only what must be read and came in a new version."""
    if participant.declared_at is None:
        return texts
    return {kind: text for kind, text in texts.items() if kind not in use_cases.FREE}


def _free(texts, consents):
    """A row for each consent that may be given and taken back, with its story."""
    found = []
    for kind in use_cases.FREE:
        story = [one for one in consents if one.text.kind == kind]
        last = story[-1] if story else None
        if kind in texts or last:
            holds = last is not None and last.withdrawn_at is None
            text = texts.get(kind)
            found.append({"kind": kind, "label": TextKind(kind).label, "text": text, "last": last, "holds": holds})
    return found
