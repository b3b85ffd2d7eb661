"""One's own place at an event, by the signed link of a letter: seen, confirmed, given back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core import links
from core.exceptions import Refused
from core.http import accepts
from events.models import Registration
from events.use_cases.signups import steps
from events.use_cases.signups.telling import REGISTRATION

ACTIONS = {"potwierdz": steps.confirm, "zrezygnuj": steps.resign}


@accepts("GET", "HEAD", "POST")
@never_cache
def own_registration(request, token):
    rows = Registration.objects.select_related("event", "participant", "enrolment")
    registration = links.find(REGISTRATION, token, rows)
    if registration is None:
        raise Http404
    if request.method == "POST" and (action := ACTIONS.get(request.POST.get("krok"))):
        try:
            action(registration_id=registration.pk, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("events:own_registration", token)
    context = {"registration": registration, "event": registration.event}
    return render(request, "events/signing_up/own.html", context)
