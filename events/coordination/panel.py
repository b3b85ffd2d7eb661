"""What running events gives to the panel of a signed-in person."""

from django.conf import settings
from django.urls import reverse

from accounts.permissions import Action, may
from accounts.workspace import Place, Waiting
from events.models import Enrolment


def desk(user, now):
    if not may(user, Action.RUN_EVENTS):
        return [], []
    count = Enrolment.objects.to_check().count()
    queue = reverse("events:review_queue")
    waiting = [Waiting(f"Zgłoszenia instytucji do sprawdzenia: {count}", queue)] if count else []
    address = reverse("events:desk_home")
    return waiting, [Place(settings.PORTAL_NAME, "wydarzenia i projekty", [("Najbliższe wydarzenia", address)])]
