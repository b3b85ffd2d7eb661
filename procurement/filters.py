"""The one meaning of a query string of /zamowienia/: of the list, the exports, the feed and the calendar file.

A value that is unknown or impossible makes the whole filter invalid, and an invalid filter finds nothing.
"""

import re
from decimal import Decimal

import django_filters
from django import forms
from django.db.models import Q

from procurement.choices import EntryType, Nature
from procurement.models import ContractingAuthority, PostingEntry
from procurement.models.plans import FIRST_YEAR, LAST_YEAR
from procurement.outlets import labels
from procurement.outlets.counting import is_open
from registry.codes import cpv_code
from registry.fields import UNKNOWN_CPV, CodesField
from registry.filters import Codes, Cpv, Flag, ListFilter, Page, Words, choice

MOST_VALUE = Decimal("99999999999999.99")
_NO_AMOUNT = "Podaj kwotę w złotych, na przykład 50 000 albo 1234,50."


class AmountField(forms.DecimalField):
    """ "1 234,50", "50000", "50 000 zł"."""

    def to_python(self, value):
        text = re.sub(r"(?:\s|zł|PLN)+", "", str(value or ""))
        return super().to_python(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)


class Amount(django_filters.Filter):
    """An end of the range of values; an order whose value nobody tells is in no range."""

    field_class = AmountField

    def __init__(self, lookup, label):
        options = {"min_value": Decimal(0), "max_value": MOST_VALUE, "max_digits": 16, "decimal_places": 2}
        faults = dict.fromkeys(
            "invalid min_value max_value max_digits max_decimal_places max_whole_digits".split(), _NO_AMOUNT
        )
        super().__init__("value", lookup, label=label, error_messages=faults, **options)

    def condition(self, value):
        return Q(**{f"value__{self.lookup_expr}": value})


class BuyerField(CodesField):
    """Slugs of authorities, or their NIP. `slugs` maps a NIP to the slug."""

    slugs = {}

    def codes(self, values):
        plain = (re.sub(r"[\s-]", "", value) for value in values)
        values = [
            nip if nip.isascii() and nip.isdigit() and len(nip) == 10 else value
            for nip, value in zip(plain, values, strict=True)
        ]
        return list(dict.fromkeys(self.slugs.get(value, value) for value in super().codes(values)))


class Buyer(Codes):
    field_class = BuyerField
    # {slug: procurement.outlets.labels.Buyer}
    known = {}

    def condition(self, codes):
        return Q(buyer__in=[self.known[slug].id for slug in codes])


class Open(Flag):
    """Offers may still be made at `now`."""

    now = None

    def condition(self, value):
        return is_open(self.now)


class OrdersForm(forms.Form):
    def clean(self):
        least, most = self.cleaned_data.get("value_from"), self.cleaned_data.get("value_to")
        if least is not None and most is not None and least > most:
            self.add_error("value_to", "Największa wartość jest mniejsza od najmniejszej.")


class PostingFilter(ListFilter):
    """/zamowienia/ and everything that takes the same query string; what is open hangs on `now`."""

    dictionaries = {"powiat": "county", "cpv": "cpv", "clause": "clause", "art": "article", "buyer": "buyer"}

    q = Words(label="Czego szukasz?")
    type = Codes("type", label="Co", unknown="Typ to plan, ogloszenie albo wynik, nie „{}”.")
    open = Open("due_at", label="Można składać oferty")
    buyer = Buyer("buyer", label="Zamawiający", unknown="Nie ma zamawiającego „{}”.")
    powiat = Codes("county_id", label="Powiat", unknown="Nie ma powiatu o kodzie „{}”.")
    kind = Codes("nature", label="Rodzaj zamówienia", unknown="Rodzaj to roboty, dostawy albo uslugi, nie „{}”.")
    clause = Codes("clauses", label="Klauzula społeczna", unknown="Nie ma klauzuli „{}”.", listed=True)
    art = Codes("articles", label="Artykuł ustawy", unknown="Nie ma klauzul z art. „{}”.", listed=True)
    cpv = Cpv(
        "cpv",
        label="Kod CPV",
        unknown=UNKNOWN_CPV,
        normalise=cpv_code,
        listed=True,
        stored=lambda code: [int(code)],
    )
    value_from = Amount("gte", "Wartość od")
    value_to = Amount("lte", "Wartość do")
    year = Codes("year", label="Rok", unknown=f"Rok to liczba od {FIRST_YEAR} do {LAST_YEAR}, nie „{{}}”.")
    sort = choice(
        "Kolejność",
        [
            ("trafnosc", "trafność"),
            ("nowe", "najnowsze"),
            ("termin", "najbliższy termin"),
            ("wartosc", "największa wartość"),
            ("nazwa", "nazwa"),
        ],
        "Nie ma takiej kolejności.",
    )
    page = Page()

    class Meta:
        model = PostingEntry
        fields = []
        form = OrdersForm

    def __init__(self, data, *, now, queryset=None, alone=True):
        self.now = now
        super().__init__(data, PostingEntry.objects.all() if queryset is None else queryset, alone=alone)

    def know(self, known):
        super().know(known)
        choices = {
            "type": dict(EntryType.choices),
            "kind": dict(Nature.choices),
            "year": {str(year): str(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)},
        }
        for name, words in choices.items():
            self.form.fields[name].choices = words
        self.form.fields["buyer"].slugs = known.nip
        self.filters["buyer"].known = known.buyer
        self.filters["open"].now = self.now

    @property
    def digits(self):
        return () if self.search and self.search.cpv else super().digits

    @classmethod
    def holders(cls, digits):
        return list(ContractingAuthority.objects.filter(institution__nip__in=digits).select_related("institution"))

    def recognise(self, holders):
        """Whose NIP stands in `q` is the buyer that is meant."""
        self.named = [buyer.pk for buyer in holders if buyer.institution.nip in self.digits]

    @classmethod
    def read_labels(cls, wanted):
        return labels.read(**wanted)

    def wanted(self):
        codes = [*self.asked("cpv"), *filter(None, [self._code_in_words()])]
        return {"codes": codes, "buyers": self.asked("buyer")}

    @property
    def conditions(self):
        conditions = super().conditions
        if "q" in conditions and self.named:
            conditions["q"] = Q(buyer__in=self.named)
        return conditions

    @property
    def reasons(self):
        """For programs: a line for each faulty filter."""
        return "".join(f"{name}: {' '.join(messages)}\n" for name, messages in self.form.errors.items())
