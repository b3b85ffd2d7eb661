"""An event of a project, seen by somebody who has not said who they are."""

from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from events.forms.signing_up import AddressForm
from events.signing_up.openness import openness
from events.use_cases.signups.by_address import send_links
from events.views.throttling import hold_back

LETTERS_PER_HOUR = 10


def known_signup(request, event, *, institutions=()):
    """Whoever is known gets a letter; the page says the same to everybody. `institutions` are those that the person
    acts for and that are not enrolled."""
    now = timezone.now()
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hold_back(request, "signup-link", limit=LETTERS_PER_HOUR)
        try:
            send_links(event_id=event.pk, email=form.cleaned_data["email"], now=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{request.path}?wyslano=1")
    context = {
        "event": event,
        "openness": openness(event, now),
        "form": form,
        "sent": "wyslano" in request.GET,
        "institutions": institutions,
        "takes_enrolments": event.edition.takes_enrolments_on(timezone.localdate(now)),
    }
    return render(request, "events/signing_up/ways.html", context, status=422 if form.errors else 200)
