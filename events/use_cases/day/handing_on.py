"""Handing data on to the funding authority: with a reason, and with a line in the trail before anything is read."""

from django.db import transaction

from accounts.choices import TrailKind
from accounts.trail import note
from core.exceptions import Refused
from core.templatetags.portal import plural


@transaction.atomic
def note_handing_on(*, edition, people, reason, actor, now):
    """Write the line that says who took the data of how many people of an edition, and what for."""
    reason = " ".join(reason.split())
    if len(reason) < 5:
        raise Refused("Napisz, po co pobierasz dane, na przykład: wniosek o płatność nr 4.", field="reason")
    pesel = " z numerami PESEL" if edition.asks_for("pesel") else ""
    whose = plural(people, "uczestnika,uczestników,uczestników")
    about = f"Dane {people} {whose}{pesel} do systemu SM EFS, edycja {edition.slug}. Powód: {reason}"
    return note(TrailKind.DATA_TAKEN, actor=actor, about=about, now=now)
