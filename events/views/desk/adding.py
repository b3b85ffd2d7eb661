"""Sign-ups by phone and by mail, in ten seconds; a pasted list."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from events.choices import Channel
from events.coordination import roster
from events.forms.desk import CHANNELS, ListForm, NewcomerForm
from events.use_cases.signups import by_hand
from events.use_cases.signups.pasted_lists import ALREADY, DOUBT, ENTER, ENTERED, ERROR, judge
from events.views.doors import event_of, for_coordinators

WORDS = 120


@accepts("GET", "HEAD", "POST")
@for_coordinators
def adding(request, slug):
    """One field finds people of the rosters; Enter takes the first found. A newcomer: three fields."""
    event = event_of(slug)
    given = request.POST if request.method == "POST" else request.GET
    words, channel = given.get("q", "")[:WORDS].replace("\0", " "), _channel(given.get("kanal"))
    newcomer = NewcomerForm(
        request.POST if "nowa" in request.POST else None, enrolments=_enrolments(event), prefix="nowa"
    )
    if event.edition_id is None:
        newcomer.fields["name"].widget.attrs["autofocus"] = True
    refused = ""
    if request.method == "POST":
        try:
            entered = _entered(request, event, words, channel, newcomer)
        except Refused as refusal:
            entered, refused = None, str(refusal)
        if entered:
            _say(request, event, *entered)
            return redirect(f"{reverse('events:desk_adding', args=[slug])}?{urlencode({'kanal': channel})}")
    context = {
        "event": event,
        "words": words,
        "channel": channel,
        "channels": CHANNELS,
        "found": roster.find(event, words, timezone.now()),
        "most": roster.MOST,
        "newcomer": newcomer,
        "refused": refused,
    }
    if request.htmx and request.method == "GET":
        return render(request, "events/desk/adding.html#found", context)
    context["recent"] = event.registrations.filter(channel__in=by_hand.BY_HAND).order_by("-pk")[:5]
    return render(request, "events/desk/adding.html", context, status=422 if refused or newcomer.errors else 200)


def _entered(request, event, words, channel, newcomer):
    now, actor = timezone.now(), request.user
    if "nowa" in request.POST:
        if not newcomer.is_valid():
            return None
        (first, last), where = newcomer.cleaned_data["name"], newcomer.cleaned_data["institution"]
        institution = {"institution_name": where} if event.edition_id is None else {"enrolment_id": int(where)}
        return by_hand.enter_newcomer(
            event_id=event.pk, first_name=first, last_name=last, **newcomer.cleaned_data["contact"], **institution,
            channel=channel, actor=actor, now=now,
        )  # fmt: skip
    asked = request.POST.get("osoba", "")
    if request.POST.get("dla", "").split() != words.split():
        # Enter came before the list that belongs to the words: nobody is taken from the old one.
        raise Refused("Wybierz osobę z listy pod polem.")
    # Compared as text: numbers that Python will not read come too.
    chosen = next(
        (one.delegation.pk for one in roster.find(event, words, now) if str(one.delegation.pk) == asked), None
    )
    if chosen is None:
        raise Refused("Wybierz osobę z listy pod polem.")
    return by_hand.enter_known(event_id=event.pk, delegation_id=chosen, channel=channel, actor=actor, now=now)


def _say(request, event, registration, is_new):
    state = registration.get_state_display()
    if is_new:
        messages.success(request, f"Zapisano: {registration.full_name} – {state}.")
    else:
        messages.info(request, f"{registration.full_name} ma już zapis na to wydarzenie – {state}.")


def _channel(text):
    return text if text in dict(CHANNELS) else Channel.PHONE.value


def _enrolments(event):
    return None if event.edition_id is None else roster.enrolments_of(event)


@accepts("GET", "HEAD", "POST")
@for_coordinators
def pasting(request, slug):
    """First what was understood, then one press; what could not be entered stays in the field."""
    event = event_of(slug)
    form = ListForm(request.POST or None)
    judged, entered = [], []
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            if "zapisz" in request.POST:
                lines = by_hand.enter_list(event_id=event.pk, lines=form.lines, actor=request.user, now=now)
                entered = [one for one in lines if one.registration]
                judged = [one for one in lines if not one.registration]
            else:
                judged = judge(event, form.lines, now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            judged = judge(event, form.lines, now)
    if entered and not any(one.outcome == ERROR for one in judged):
        messages.success(request, f"Zapisano z listy: {len(entered)}.")
        return redirect("events:desk", slug)
    if entered:
        # What is left is what has to be put right.
        left = "\n".join(one.line.text for one in judged if one.outcome == ERROR)
        form = ListForm(initial={"people": left})
        judged = [one for one in judged if one.outcome == ERROR]
    context = {
        "event": event,
        "form": form,
        "judged": judged,
        "entered": entered,
        "sums": [
            (label, count)
            for outcome, label in OUTCOMES.items()
            if (count := sum(one.outcome == outcome for one in judged))
        ],
        "ready": sum(one.outcome in ENTERED for one in judged),
        "outcomes": OUTCOMES,
    }
    return render(request, "events/desk/pasting.html", context, status=422 if form.errors else 200)


OUTCOMES = {ENTER: "do zapisania", DOUBT: "do sprawdzenia", ALREADY: "już zapisane", ERROR: "błąd"}
