"""The invented authorities: the first is the one that the demo's officer works for. NIP begins with 000, which no tax
office gives."""

import tomllib
from functools import cache

from django.conf import settings
from django.utils.text import slugify

from core.polish import fold, sort_key
from procurement.models import OrderingUnit
from procurement.use_cases.authorities import authority_of
from registry.models import Institution, Municipality
from registry.use_cases.demo.invent import nip

FILE = settings.BASE_DIR / "data" / "demo" / "procurement.toml"


@cache
def given():
    """What is invented from, as data/demo/procurement.toml has it."""
    return tomllib.loads(FILE.read_text("utf-8"))


def seed_authority(now):
    """Safe to repeat. Returns the fields of the grant of the demo's officer."""
    return {"authority_id": write_authority(given()["authorities"][0], now=now).pk}


def write_authority(row, *, now):
    """The ContractingAuthority of a row of the file with its units. Safe to repeat."""
    place = Municipality.objects.filter(teryt=row["municipality"]).first()
    institution, _ = Institution.objects.get_or_create(
        nip=nip(row["number"]),
        defaults={
            "name": row["name"],
            "sort_key": sort_key(row["name"]),
            "email": f"urzad@{slugify(fold(row['name'].removesuffix(' (przykład)')))}.example",
            "town": place.name if place else "",
            "municipality": place,
            "county_id": place and place.county_id,
        },
    )
    authority = authority_of(institution, now=now)
    if authority.group != row["group"]:
        authority.group = row["group"]
        authority.save(update_fields=["group"])
    for name in row["units"]:
        OrderingUnit.objects.get_or_create(authority=authority, name=name)
    return authority
