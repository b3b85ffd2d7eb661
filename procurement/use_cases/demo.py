"""The authority that the demo's officer works for. Invented: its NIP begins with 000, which no tax office gives."""

from core.polish import sort_key
from procurement.models import OrderingUnit
from procurement.use_cases.authorities import authority_of
from registry.models import Institution
from registry.use_cases.demo.invent import nip

NAME = "Gmina Przykładowa"
UNIT = "Zarząd Dróg i Zieleni (przykład)"
# Above the numbers of the invented organisations.
NUMBER = 990_001


def seed_authority(now):
    """Safe to repeat. Returns the fields of the grant of its officer."""
    institution, _ = Institution.objects.get_or_create(
        nip=nip(NUMBER),
        defaults={
            "name": NAME,
            "sort_key": sort_key(NAME),
            "email": "urzad@gmina-przykladowa.example",
            "town": "Przykładowo",
        },
    )
    authority = authority_of(institution, now=now)
    OrderingUnit.objects.get_or_create(authority=authority, name=UNIT)
    return {"authority_id": authority.pk}
