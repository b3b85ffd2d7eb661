"""Holders of the mark Zakup Prospołeczny."""

from django.db.models import Q
from django.utils import timezone

from open_data.api import parameters as p
from open_data.api import walking
from open_data.api.collections.base import Collection
from open_data.api.columns import WHOLE, WHOLE_OR_NULL, column
from open_data.api.keyset import by
from quality_mark.choices import Standing
from quality_mark.filters import LONGEST, MOST_VALUES, RegisterFilter
from quality_mark.models import Mark
from quality_mark.register import rows
from quality_mark.register.numbers import number_of
from quality_mark.register.versions import version
from registry import labels
from registry.exports.cells import Day, Number

_WORDS = {
    "number": "Numer znaku.",
    "organisation": "Kto ma znak.",
    "offer": "Oferta, która ma znak.",
    "category": "Kategoria oferty.",
    "powiat": "Powiat siedziby.",
    "granted_on": "Przyznano dnia.",
    "valid_until": "Ważny do.",
    "status": "Stan dziś; pusty, gdy znak jeszcze nie obowiązuje.",
    "status_since": "Od kiedy jest taki.",
    "renewals": "Ile razy przedłużono.",
    "nip": "NIP.",
    "kind": "Rodzaj podmiotu (kod).",
    "url": "Weryfikacja znaku w portalu.",
}
_DAYS = ("granted_on", "valid_until", "status_since")


def _column(name):
    if name == "renewals":
        return column(name, _WORDS[name], Number, get=lambda row: row[name], schema=WHOLE)
    more = {"enum": ["", *Standing.values]} if name == "status" else None
    if name in _DAYS:
        return column(name, _WORDS[name], Day, get=lambda row: _day(row[name]))
    return column(name, _WORDS[name], get=lambda row: row[name], schema=more)


class MarkHolders(Collection):
    name, row_name, title = "mark-holders", "MarkHolder", "Znak Zakup Prospołeczny"
    about = "Rejestr znaków: kto ma znak, na co i do kiedy. Najpierw ważne, potem pozostałe."
    columns = (
        column("id", "Numer w adresie.", get=lambda row: row["number"].replace("/", "-")),
        *map(_column, (*rows.COLUMNS, *rows.MORE)),
        column(
            "organisation_id",
            "Numer karty podmiotu; null, gdy nie jest w katalogu.",
            Number,
            get=lambda row: row["organisation_id"],
            schema=WHOLE_OR_NULL,
        ),
        column(
            "offer_id",
            "Numer oferty; null, gdy nie jest w katalogu.",
            Number,
            get=lambda row: row["offer_id"],
            schema=WHOLE_OR_NULL,
        ),
    )
    usual_order, foreign = "waznosc", ("page", "view")
    key_schema = {"type": "string", "pattern": "^ZP-[0-9]{4}-[0-9]{3,9}$"}
    key_words, key_route, key_example = "Numer znaku z łącznikami zamiast ukośników", "<str:id>", "ZP-2026-001"
    path_of_list, example = "/znak/rejestr/", "?status=wazny&powiat=0264"

    def filter_of(self, data, now):
        return RegisterFilter(data, today=timezone.localdate(now))

    def filter_names(self):
        return ["q", "powiat", "category", "status", "gmina", "podmiot"]

    def errors(self, found):
        return found.errors

    def orders(self, found, at):
        valid = Q(standing=Standing.VALID)
        return {
            "waznosc": [by("valid_until", falls=True, condition=one) for one in (valid, ~valid)],
        }

    def fetch(self, found):
        return walking.of_queryset(found.found)

    def count(self, found):
        return found.found.count()

    def version(self):
        return version()

    def rows(self, keys, site):
        today = timezone.localdate()
        return {
            mark.pk: rows.row(mark, today, site=site) | _public(mark.offer)
            for mark in Mark.objects.filter(pk__in=keys).told()
        }

    def find(self, key):
        number = number_of(key)
        if number.replace("/", "-") != key:
            return None
        return Mark.objects.filter(number=number).values_list("pk", flat=True).first()

    def parameters(self):
        known = labels.read()
        return [
            p.text("Słowa z nazwy podmiotu, oferty albo numeru.", longest=LONGEST, example="sprzątanie"),
            p.many("powiat", "Powiat siedziby (TERYT).", known.county, most=MOST_VALUES),
            p.many("category", "Kategoria oferty.", known.category, most=MOST_VALUES),
            p.many("status", "Stan dziś.", dict(Standing.choices), most=MOST_VALUES),
            p.many("gmina", "Gmina siedziby (TERYT).", **p.GMINA, most=MOST_VALUES),
            p.many("podmiot", "Karta podmiotu: ostatnia część jej adresu.", example="zielony-prog", most=MOST_VALUES),
        ]


def _public(offer):
    """Their numbers while they can be read; the line in the register stays longer."""
    card = offer.organisation.pk if offer.organisation.published_at else None
    return {"organisation_id": card, "offer_id": offer.pk if card and not offer.removed_at else None}


def _day(text):
    return text and timezone.datetime.fromisoformat(text).date()
