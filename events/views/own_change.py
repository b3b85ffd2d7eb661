"""Changing what one said of how one comes."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core.answering import AnswersForm, discard_files
from core.exceptions import Refused
from core.http import accepts
from events.forms.signing_up import WishesForm
from events.signing_up.answer_files import FOLDER
from events.use_cases.signups import changing
from events.views.own_registration import found, written


@accepts("GET", "HEAD", "POST")
@never_cache
def own_change(request, token):
    registration = found(token)
    event, questions = registration.event, list(registration.event.questions.all())
    data, files = request.POST or None, request.FILES or None
    seen = request.POST.get("widziane") or changing.fingerprint(registration)
    before = {name: getattr(registration, name) for name in ("needs", "diet")}
    before["joins_online"] = "1" if registration.joins_online else "0"
    form = WishesForm(data, event=event, initial=before)
    asked = AnswersForm(questions, data, files, answers=registration.answers)
    forms = [form, asked]
    if not changing.may_change(registration, timezone.now()) or not (form.fields or asked.fields):
        messages.error(request, "Tego zapisu nie można już zmienić.")
        return redirect("events:own_registration", token)
    if request.method == "POST" and form.is_valid() & asked.is_valid():
        answers = asked.answers(FOLDER)
        wishes = form.wishes(event) | {"answers": answers}
        try:
            changing.change_wishes(registration_id=registration.pk, seen=seen, now=timezone.now(), **wishes)
        except Refused as refusal:
            discard_files(questions, answers, but=registration.answers)
            form.add_error(None, str(refusal))
            # The next press has seen what stands there now: it is on the page.
            seen = changing.fingerprint(registration)
        else:
            discard_files(questions, registration.answers, but=answers)
            messages.success(request, "Zapisano.")
            return redirect("events:own_registration", token)
    faulty = any(one.errors for one in forms)
    context = {"registration": registration, "event": event, "token": token, "forms": forms, "faulty": faulty}
    context |= {"seen": seen, "now_written": written(registration, questions) if faulty else None}
    return render(request, "events/signing_up/change.html", context, status=422 if faulty else 200)
