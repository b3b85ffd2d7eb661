"""A message to participants: written, seen as the letter looks, sent, remembered."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.jobs.orders import ask
from core.exceptions import Refused
from core.http import accepts
from events.choices import MessageReach, RegistrationState
from events.coordination import people
from events.coordination.jobs import MESSAGE
from events.forms.desk import MessageForm
from events.models import Registration
from events.use_cases.signups.messages import (
    LETTER,
    MANY,
    audience,
    letter_context,
    send_message,
    target_words,
    undelivered,
)
from events.views.doors import event_of, for_coordinators
from notifications.rendering import as_text, masked, subject_and_body

DEFAULT = [RegistrationState.CONFIRMED.value]


@accepts("GET", "HEAD", "POST")
@for_coordinators
def message(request, slug):
    event = event_of(slug)
    counts = {state: count for state, count in people.counts(event).items() if count}
    chosen = [state for state in request.GET.getlist("stan") if state in counts] or [s for s in DEFAULT if s in counts]
    form = MessageForm(request.POST or None, counts=counts, initial={"states": chosen, "reach": MessageReach.ALL})
    context = {"event": event, "form": form, "has_people": bool(counts)}
    if request.method == "POST" and form.is_valid():
        if "wyslij" in request.POST:
            try:
                return _sent(request, event, form.cleaned_data)
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            context |= _preview(event, form.cleaned_data)
    sent = list(event.messages.select_related("sent_by").prefetch_related("unreached"))
    failed = undelivered(sent)
    context["sent"] = [
        {"message": one, "target": target_words(one), "unreached": one.unreached.all(), "undelivered": failed[one.pk]}
        for one in sent
    ]
    return render(request, "events/desk/message.html", context, status=422 if form.errors else 200)


def _sent(request, event, given):
    now = timezone.now()
    given = {name: given[name] for name in ("states", "reach", "subject", "body", "key")} | {"event_id": event.pk}
    count = audience(event_id=event.pk, states=given["states"], reach=given["reach"]).exclude(email="").count()
    if count <= MANY:
        sent = send_message(**given, actor=request.user, now=now)
        messages.success(request, f"Wiadomość wysłana. Liczba listów: {sent.recipients}.")
        return redirect("events:desk_message", event.slug)
    job = ask(
        kind=MESSAGE, title=f"Wiadomość: {given['subject']}", owner=request.user, given=given, total=count,
        back=request.path, now=now,
    )  # fmt: skip
    return redirect(job.get_absolute_url())


def _preview(event, given):
    rows = audience(event_id=event.pk, states=given["states"], reach=given["reach"])
    reached, all_of_them = rows.exclude(email=""), rows.count()
    first = reached.first() or Registration(event=event, first_name="Osoba", last_name="Przykładowa", pk=0)
    first.event = event
    letter = letter_context(first, subject=given["subject"], body=given["body"])
    subject, body = subject_and_body(LETTER, letter)
    count = reached.count()
    return {
        "preview": {
            "subject": subject,
            "body": masked(as_text(body, duty=True), [letter["link"]]),
            "count": count,
            "without_address": all_of_them - count,
        }
    }
