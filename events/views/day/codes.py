"""The QR code of a sign-up, which a coordinator's phone opens at the door."""

import io

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse

from core import links
from events.models import Registration


def registration_code(request, token):
    """SVG of the address that checks this person in; the address is good for people who run events only."""
    row = links.find("registration", token, Registration.objects.select_related("event"))
    if row is None:
        raise Http404
    address = settings.SITE_URL + reverse("events:check_in_by_code", args=[links.token("check-in", row)])
    file = io.BytesIO()
    # Error correction M: read from a bright screen, and from paper that was folded.
    segno.make(address, error="m").save(
        file,
        kind="svg",
        scale=5,
        light="#fff",
        title=f"Kod wejścia: {row.event.title}",
        desc="Pokaż ten kod przy wejściu.",
    )
    response = HttpResponse(file.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
