"""Proposed pictures that were accepted, carried over to their offer as they were drawn."""

from django.core.files.storage import default_storage

from core.exceptions import Refused
from registry.pictures import names
from registry.use_cases import pictures

WITHOUT_OFFER = "Zdjęcie należy do oferty, która nie została przyjęta. Odrzuć je albo przyjmij także ofertę."
LOST = "Pliku tego zdjęcia już nie ma. Można je tylko odrzucić."


def carried_over(change, made, *, actor, now):
    """Add the picture of a change to its offer; `made` tells which rows new sections have become.

    Refused: its offer was not accepted, its file is lost, and as pictures.add_picture().
    """
    section = change.new["offer"]
    key = section.partition(":")[2]
    offer_id = int(key) if key.isdigit() else made.get(section)
    if offer_id is None:
        raise Refused(WITHOUT_OFFER)
    if change.picture is None:
        raise Refused(LOST)
    try:
        large, small = (_content(name) for name in names(change.picture))
    except FileNotFoundError as error:
        raise Refused(LOST) from error
    size = (change.picture.width, change.picture.height)
    pictures.add_drawn(offer_id=offer_id, drawn=(large, small, size), alt=change.new["alt"], actor=actor, now=now)


def _content(name):
    with default_storage.open(name) as file:
        return file.read()
