"""Signing up for an event that is open to all: three fields, and the next page says what came of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core import links
from core.answering import AnswersForm, discard_files
from core.exceptions import Refused
from events.forms.signing_up import OpenForm
from events.signing_up.answer_files import FOLDER
from events.signing_up.openness import openness
from events.use_cases.signups.by_address import send_again
from events.use_cases.signups.entering import NO_PLACES, Person, sign_up
from events.use_cases.signups.telling import REGISTRATION
from events.views.throttling import hold_back


def open_signup(request, event):
    questions = list(event.questions.all())
    form = OpenForm(request.POST or None, event=event)
    asked = AnswersForm(questions, request.POST or None, request.FILES or None)
    if request.method == "POST" and request.POST.get("website"):
        # A machine filled in what people do not see: it is thanked and forgotten.
        return redirect(f"{request.path}?przyjete=1")
    if request.method == "POST" and form.is_valid() & asked.is_valid():
        hold_back(request, "signup")
        answers = asked.answers(FOLDER)
        try:
            return _signed_up(request, event, form, answers)
        except Refused as refusal:
            discard_files(questions, answers, but={})
            form.add_error(refusal.field, str(refusal))
    context = {
        "event": event,
        "openness": openness(event, timezone.now()),
        "form": form,
        "forms": [form, asked],
        "accepted": "przyjete" in request.GET,
        "known": "znane" in request.GET,
    }
    faulty = form.errors or asked.errors
    context["faulty"] = bool(faulty)
    return render(request, "events/signing_up/open.html", context, status=422 if faulty else 200)


def _signed_up(request, event, form, answers):
    typed = form.cleaned_data
    key = _link_key(event, typed["klucz"])
    person = Person(
        **{name: typed[name] for name in ("first_name", "last_name", "email", "institution_name")},
        **form.wishes(event),
        answers=answers,
        link_key=key,
    )
    actor = request.user if request.user.is_authenticated else None
    [registration] = sign_up(event_id=event.pk, people=[person], actor=actor, now=timezone.now())
    # Pressed twice, the first press has its answers: a file of the second one would lie about for good.
    discard_files(event.questions.all(), person.answers, but=registration.answers)
    if registration.link_key != key:
        # Whoever knows a name and an address must not come to another person's place by typing them.
        send_again(registration_id=registration.pk, now=timezone.now())
        if not openness(registration.event, timezone.now()).takes:
            # Said to everybody else too: nobody finds out without leaving a sign-up who is on the list.
            raise Refused(NO_PLACES)
        return redirect(f"{request.path}?znane=1")
    messages.success(request, f"Zapis przyjęty. List z odsyłaczem do tej strony idzie na adres {registration.email}.")
    return redirect("events:own_registration", links.token(REGISTRATION, registration))


def _link_key(event, typed):
    """The key of the new row's links, made of the key of the form: pressed twice, the form leads to the same page."""
    return salted_hmac(f"signup:{event.pk}", typed or links.new_key()).hexdigest()[: links.KEY_LENGTH]
