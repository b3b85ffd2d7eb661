"""What sign-ups give to the panel of a signed-in person."""

from django.urls import reverse
from django.utils import timezone

from accounts.workspace import Place, Waiting
from core import links
from events.choices import EventState
from events.choices import RegistrationState as State
from events.models import Registration
from events.signing_up.acting import institution_ids, proved_addresses
from events.use_cases.signups.telling import REGISTRATION

ASKS = {
    State.RECEIVED: "Potwierdź udział",
    State.OFFERED: "Jest miejsce, potwierdź udział",
    State.AWAITING_DOCUMENTS: "Miejsce czeka na dokumenty",
}


def desk(user, now):
    """Places that wait for me, and where all of mine and my institution's are."""
    own = Registration.objects.of_account(user, proved_addresses(user))
    waiting = list(
        own.filter(state__in=ASKS, event__state__in=EventState.coming()).select_related("event").order_by("hold_until")
    )
    institutions = institution_ids(user)
    pages = []
    if waiting or own.exists():
        pages.append(("Moje zapisy", reverse("events:own_signups")))
    if institutions:
        pages.append(("Osoby z mojej instytucji", f"{reverse('events:own_signups')}?czyje=instytucji"))
    place = Place(title="Zapisy na wydarzenia", role="zapisane osoby, stany i historia", links=pages)
    return [_line(one) for one in waiting], [place] if pages else []


def _line(registration):
    return Waiting(
        f"{ASKS[registration.state]}: {registration.event}",
        reverse("events:own_registration", args=[links.token(REGISTRATION, registration)]),
        timezone.localdate(registration.hold_until),
    )
