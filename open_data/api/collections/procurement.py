"""Items of plans and notices together."""

from django.db.models import Q

from open_data.api import parameters as p
from open_data.api.collections.entries import EntryCollection
from open_data.api.columns import WHOLE, columns_of
from open_data.api.keyset import Segment, by
from open_data.api.problems import Problem
from procurement.choices import EntryType, Nature, NoticeState
from procurement.filters import PostingFilter
from procurement.models import Notice, PostingEntry
from procurement.models.plans import FIRST_YEAR, LAST_YEAR
from procurement.outlets import labels
from procurement.outlets.versions import version
from procurement.resources import PostingResource

WORDS = {
    "id": "Numer wpisu, stały.",
    "url": "Wpis w portalu.",
    "type": "Co to jest: pozycja planu, ogłoszenie albo wynik.",
    "year": "Rok.",
    "buyer": "Zamawiający.",
    "buyer_nip": "NIP zamawiającego.",
    "subject": "Przedmiot zamówienia.",
    "kind": "Rodzaj zamówienia (kod).",
    "mode": "Tryb (kod).",
    "cpv": "Kody CPV.",
    "value": "Wartość netto w złotych; null, gdy nie jest podana.",
    "start": "Kiedy zacznie się albo zaczęło postępowanie: rok, kwartał, miesiąc lub dzień.",
    "clauses": "Klauzule społeczne (kody).",
    "number": "Numer pozycji planu albo ogłoszenia.",
    "unit": "Jednostka zamawiającego.",
    "type_label": "Co to jest (nazwa).",
    "kind_label": "Rodzaj zamówienia (nazwa).",
    "mode_label": "Tryb (nazwa).",
    "notice_kind": "Rodzaj ogłoszenia.",
    "state": "Stan.",
    "articles": "Artykuły Pzp, z których są klauzule.",
    "is_approximate": "Czy wartość jest przybliżona.",
    "deadline": "Termin składania ofert.",
    "decided_on": "Kiedy rozstrzygnięto.",
    "suppliers": "Wykonawcy.",
    "plan_number": "Numer planu.",
    "powiat_teryt": "TERYT powiatu.",
    "powiat": "Powiat.",
    "gmina_teryt": "TERYT gminy.",
    "buyer_slug": "Zamawiający: wartość filtra `buyer`.",
    "source_url": "Ogłoszenie u zamawiającego.",
    "ocid": "Identyfikator procesu OCDS.",
    "published_at": "Opublikowano.",
    "changed_at": "Ostatnio zmieniono.",
}
SORTS = {
    "nowe": "najnowsze, tak jest bez tego parametru",
    "termin": "najbliższy termin",
    "wartosc": "największa wartość",
    "nazwa": "nazwa",
    "trafnosc": "trafność, gdy są słowa",
}
NEWEST = {"field": "published_at", "falls": True}


class Procurement(EntryCollection):
    name, row_name, title = "procurement", "Posting", "Zamówienia"
    about = "Pozycje planów postępowań, ogłoszenia i wyniki razem, jak na stronie Zamówienia."
    model, usual_order, foreign = PostingEntry, "nowe", ("page",)
    columns = columns_of(
        PostingResource,
        WORDS,
        id=WHOLE,
        year=WHOLE,
        type={"enum": list(EntryType.values)},
        kind={"enum": ["", *Nature.values]},
    )
    key_words, path_of_list, example = "Numer wpisu (`id`)", "/zamowienia/", "?type=ogloszenie&open=1&clause=art94"

    def filter_of(self, data, now):
        return PostingFilter(data, now=now)

    def filter_names(self):
        return list(PostingFilter.base_filters)

    def orders(self, found, at):
        return {
            "nowe": [by(**NEWEST)],
            "nazwa": [by("sort_key")],
            "wartosc": [
                by("value", falls=True, condition=Q(value__isnull=False)),
                Segment((("pk", True),), Q(value=None)),
            ],
            "termin": [
                by("due_at", condition=Q(due_at__gt=at)),
                by("due_at", falls=True, condition=Q(due_at__lte=at)),
                by(**NEWEST, condition=Q(due_at=None)),
            ],
            "trafnosc": [by(**NEWEST, condition=tier) for tier in self._tiers(found)],
        }

    def version(self):
        return version()

    def rows(self, keys, site):
        rows = PostingResource(site=site).iter_queryset(PostingEntry.objects.filter(pk__in=keys))
        return {entry.pk: entry for entry in rows}

    def find(self, key):
        if Notice.objects.filter(pk=key, state=NoticeState.WITHDRAWN).exists():
            raise Problem(410, "Ogłoszenie wycofano.")
        return super().find(key)

    def parameters(self):
        known = labels.read()
        amount = {"type": "string", "pattern": r"^([0-9]{1,12}([.,][0-9]{1,2})?)?$"}
        return [
            p.text("Słowa, których szukasz, kod CPV albo NIP zamawiającego.", example="sprzątanie"),
            p.many("type", "Co.", dict(EntryType.choices)),
            p.many("buyer", "Zamawiający: `buyer_slug` z wiersza albo NIP.", example="gmina-klodzko"),
            p.many("powiat", "Powiat (TERYT).", known.county),
            p.many("cpv", "Kod CPV z tym, co w nim leży.", **p.CPV),
            p.many("clause", "Klauzula społeczna.", known.clause),
            p.many("art", "Artykuł Pzp, z którego jest klauzula.", known.article),
            p.many("kind", "Rodzaj zamówienia.", dict(Nature.choices)),
            p.parameter("value_from", "Wartość od, w złotych netto.", amount, example="50000"),
            p.parameter("value_to", "Wartość do, w złotych netto.", amount, example="130000"),
            p.many("year", f"Rok od {FIRST_YEAR} do {LAST_YEAR}.", pattern="20[0-9]{2}|2100", example="2027"),
            p.flag("open", "Tylko te, w których można jeszcze złożyć ofertę."),
            p.choice("sort", "Kolejność.", SORTS),
        ]
