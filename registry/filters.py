"""The one meaning of a query string: of the list pages, the exports, the feed, the map and the API.

A value that is unknown or impossible makes the whole filter invalid, and an invalid filter finds nothing.
"""

import re

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode

from registry import labels
from registry.choices import ACTIVITY_SPELLINGS, Activity
from registry.codes import cpv_code, cpv_writing, serving
from registry.fields import UNKNOWN_CPV, CodesField, CpvField, FlagField, PageField, SearchField
from registry.models import CatalogueEntry, OfferEntry, Organisation
from registry.querysets import marked_on
from registry.search import LONGEST

LAST_PAGE = 10**6


class Codes(django_filters.Filter):
    """Any of the given codes. `column` of the entry holds one of them; with `listed` it holds a list."""

    field_class = CodesField

    def __init__(self, column, *, label, unknown, listed=False, stored=None, **options):
        super().__init__(column, label=label, unknown=unknown, **options)
        self.listed, self.stored = listed, stored or (lambda code: [code])

    def condition(self, codes):
        stored = [value for code in codes for value in self.stored(code)]
        return Q(**{f"{self.field_name}__{'overlap' if self.listed else 'in'}": stored})


class Flag(django_filters.Filter):
    """Takes 1 only."""

    field_class = FlagField

    def condition(self, value):
        return Q(**{self.field_name: True})


class Mark(Flag):
    """Only what is valid today."""

    def condition(self, value):
        return marked_on(timezone.localdate())


class Cpv(Codes):
    field_class = CpvField


class Words(django_filters.Filter):
    field_class = SearchField

    def __init__(self, **options):
        too_long = f"Wpisz najwyżej {LONGEST} znaków."
        super().__init__(max_length=LONGEST, error_messages={"max_length": too_long}, **options)

    def condition(self, search):
        return search.condition


class Setting(django_filters.Filter):
    """How the result is shown, not what is found: one of a few words."""

    field_class = forms.ChoiceField

    def condition(self, value):
        return None


class Page(Setting):
    field_class = PageField

    def __init__(self):
        message = "Numer strony to liczba od 1."
        super().__init__(
            label="Strona",
            min_value=1,
            max_value=LAST_PAGE,
            error_messages={"invalid": message, "min_value": message, "max_value": message},
        )


def choice(label, options, unknown):
    return Setting(label=label, choices=options, error_messages={"invalid_choice": unknown})


class ListFilter(django_filters.FilterSet):
    """What all lists of entries share. `labels` names every code that is known here, a dict for each dictionary."""

    # {name of a filter: its dictionary among the labels}
    dictionaries = {}
    # Ids of those whose number stands in `q`, and the card it leads to.
    named, card = (), None

    def __init__(self, data=None, queryset=None, *, alone=True, **options):
        """Not `alone`: what is known of the values is read with that of others, by `read_together`."""
        if isinstance(data, str):
            data = QueryDict(data)
        elif data is not None and not isinstance(data, MultiValueDict):
            data = QueryDict(urlencode(data, doseq=True))
        super().__init__(data, queryset, **options)
        if alone:
            self.read_together([self])

    @classmethod
    def read_together(cls, filters):
        """Read what these filters of this class have to know: as many statements for all as for one."""
        wanted = {}
        for one in filters:
            for name, values in one.wanted().items():
                wanted.setdefault(name, {}).update(dict.fromkeys(values))
        known = cls.read_labels({name: list(values) for name, values in wanted.items()})
        for one in filters:
            one.know(known)
        digits = {number for one in filters for number in one.digits}
        holders = cls.holders(sorted(digits)) if digits else []
        for one in filters:
            one.recognise(holders)

    def know(self, known):
        """Take these labels for what is known; they may name more than was asked for."""
        self.labels = known
        for name, dictionary in self.dictionaries.items():
            self.form.fields[name].choices = getattr(known, dictionary)
        self.form.fields["q"].cpv = known.cpv

    @property
    def digits(self):
        """What in `q` may be a NIP, REGON or KRS."""
        return self.search.numbers.digits if self.search and self.search.numbers else ()

    @property
    def search(self):
        """The Search that `q` asks for, or None."""
        return self.form.cleaned_data.get("q") if self.is_valid() else None

    @property
    def conditions(self):
        """{name of an active filter: Q}; all of them are to hold. Not for an invalid filter."""
        cleaned = self.form.cleaned_data
        chosen = {name: cleaned[name] for name in self.filters if cleaned.get(name)}
        conditions = {name: self.filters[name].condition(value) for name, value in chosen.items()}
        return {name: condition for name, condition in conditions.items() if condition is not None}

    @property
    def qs(self):
        """Everything found, in no order; nothing when a value is unknown."""
        if not self.is_bound:
            return self.queryset.all()
        if not self.is_valid():
            return self.queryset.none()
        return self.queryset.filter(*self.conditions.values())

    def counting(self, conditions):
        """What registry.facets.count is to be told besides these conditions."""
        return {}

    def without_unknown(self, search):
        """The conditions with another search in place of `q`."""
        return self.conditions | {"q": search.condition}

    def asked(self, name):
        """The values given for this filter, known or not, in the writing of the dictionaries; none when unusable."""
        return self.in_dictionary(name, self.data.getlist(name)) if self.is_bound else []

    def in_dictionary(self, name, values):
        """Values of this filter in the writing of its dictionary."""
        field = self.form.fields[name]
        try:
            return field.codes(values) if isinstance(field, CodesField) else [value for value in values if value]
        except ValidationError:
            return []

    @property
    def corrections(self):
        """[(name of a filter, value with a wrong control digit, the code that it should be with its label)]."""
        return [
            (name, error.params["wrong"], error.params["right"])
            for name, errors in self.form.errors.as_data().items()
            for error in errors
            if error.code == "control"
        ]

    def wanted(self):
        """{argument of `read_labels`: what it has to name}."""
        raise NotImplementedError

    @classmethod
    def read_labels(cls, wanted):
        raise NotImplementedError

    @classmethod
    def holders(cls, digits):
        """Whose numbers these are."""
        raise NotImplementedError

    def recognise(self, holders):
        """Set `named` and `card`, given at least those whose numbers stand in `q`."""

    def _code_in_words(self):
        text = self.data.get("q", "") if self.is_bound else ""
        writing = cpv_writing(text) if len(text) <= LONGEST else None
        return writing and writing.code8


class EntryFilter(ListFilter):
    """What the lists of organisations and of offers share, with labels of registry.labels."""

    dictionaries = {"kind": "kind", "category": "category", "powiat": "county", "cpv": "cpv"}

    @property
    def conditions(self):
        conditions = super().conditions
        if "q" in conditions and self.named:
            conditions["q"] = Q(organisation_id__in=self.named)
        return conditions

    def recognise(self, holders):
        """`named` are ids, `card` is the one the number leads to when it is the only one or its own.

        A number that is a CPV code too means the code: `named` is empty then.
        """
        self.named, self.card = [], None
        if self.digits:
            digits = set(self.digits)
            found = [(card, _is_own(card, digits)) for card in holders if _belongs(card, digits)]
            own = [card for card, is_own in found if is_own] or [card for card, _ in found]
            # Of a unit and its operator the fourteen digits mean the unit.
            exact = [card for card in own if card.unit and card.unit.regon == self.digits[0]] or own
            self.named = [] if self.search.cpv else [card.pk for card, _ in found]
            self.card = exact[0] if len(exact) == 1 else None

    @classmethod
    def holders(cls, digits):
        return list(Organisation.objects.published().with_party().identified(digits))

    @classmethod
    def read_labels(cls, wanted):
        return labels.read(**wanted)

    def wanted(self):
        codes = [*self.asked("cpv"), *filter(None, [self._code_in_words()])]
        return {"counties": self.asked("powiat"), "codes": codes, "pkd": []}


def _belongs(card, digits):
    """As OrganisationQuerySet.identified() says it of many."""
    unit, holder = card.unit, card.unit.operator if card.unit else card.institution
    numbers = {holder.nip, holder.regon, holder.krs} if holder and holder.removed_at is None else set()
    return bool(digits & (numbers | ({unit.regon} if unit else set())))


def _is_own(card, digits):
    """Not only the operator's."""
    return card.unit is None or card.unit.regon in digits


def pkd_code(text):
    """ "81.21.z", "8121Z" and "2007:8121Z" with the dots and capitals of the classification."""
    found = re.fullmatch(r"(?:(\d{4}):)?(\d{2})\.?(?:(\d)(\d)?)?\.?([A-Za-z])?", text, re.ASCII)
    if not found:
        return text.upper()
    version, division, group, number, letter = found.groups()
    symbol = division + (f".{group}{number or ''}" if group else "") + (f".{letter.upper()}" if letter else "")
    return f"{version}:{symbol}" if version else symbol


def activity_code(text):
    """The code of an activity, also written as the pages say it."""
    return ACTIVITY_SPELLINGS.get(text, text)


def _cpv():
    return Cpv(
        "cpv",
        label="Kod CPV",
        unknown=UNKNOWN_CPV,
        normalise=cpv_code,
        listed=True,
        stored=lambda code: [int(code)],
    )


class CatalogueFilter(EntryFilter):
    """/katalog/ and everything that takes the same query string."""

    dictionaries = EntryFilter.dictionaries | {"form": "form", "gmina": "municipality", "pkd": "pkd"}

    q = Words(label="Czego szukasz?")
    powiat = Codes("county_id", label="Powiat", unknown="Nie ma powiatu o kodzie „{}”.")
    gmina = Codes("municipality_id", label="Gmina", unknown="Nie ma gminy o kodzie „{}”.")
    kind = Codes("kind_id", label="Rodzaj podmiotu", unknown="Nie ma rodzaju podmiotu „{}”.")
    category = Codes("categories", label="Kategoria oferty", unknown="Nie ma kategorii „{}”.", listed=True)
    ps = Flag("ps", label="Przedsiębiorstwo społeczne")
    mark = Mark("mark", label="Znak Zakup Prospołeczny")
    art94 = Flag("art94", label="Może startować z art. 94")
    opp = Flag("opp", label="Organizacja pożytku publicznego")
    form = Codes("form_id", label="Forma prawna", unknown="Nie ma formy prawnej „{}”.")
    status = Codes("activity", label="Aktywność", unknown="Nie ma statusu „{}”.", normalise=activity_code)
    area = Codes("serves", label="Obszar działania", unknown="Nie ma obszaru „{}”.", listed=True, stored=serving)
    cpv = _cpv()
    pkd = Codes("pkd", label="Kod PKD", unknown="Nie ma kodu PKD „{}”.", normalise=pkd_code, listed=True)
    sort = choice(
        "Kolejność",
        [("trafnosc", "trafność"), ("nazwa", "nazwa"), ("nowe", "najnowsze"), ("zmiana", "ostatnio zmienione")],
        "Nie ma takiej kolejności.",
    )
    view = choice("Widok", [("lista", "Lista"), ("mapa", "Mapa")], "Widok to lista albo mapa.")
    page = Page()

    class Meta:
        model = CatalogueEntry
        fields = []

    def counting(self, conditions):
        bits = {code: int(bit) for code, bit in self.labels.bit.items()}
        return {
            "bits": bits,
            # A category that no entry has ever had has no bit: what is left then is a bit that nobody has.
            "chosen": sum(1 << bits.get(code, 62) for code in self.form.cleaned_data["category"]),
            # Municipalities are offered once a county is chosen: 169 of them at once help nobody.
            "rows": bool({"powiat", "gmina"} & conditions.keys()),
        }

    def know(self, known):
        super().know(known)
        self.form.fields["status"].choices = dict(Activity.choices)
        areas = self.asked("area")
        self.form.fields["area"].choices = {code: name for code in areas if (name := known.area_words(code))}

    def wanted(self):
        wanted = super().wanted()
        municipalities = [*self.asked("gmina"), *self.asked("area")]
        return wanted | {"codes": wanted["codes"] + municipalities, "pkd": self.asked("pkd")}


class OfferFilter(EntryFilter):
    """/oferty/."""

    q = Words(label="Czego szukasz?")
    category = Codes("category_id", label="Kategoria", unknown="Nie ma kategorii „{}”.")
    powiat = Codes("county_id", label="Powiat", unknown="Nie ma powiatu o kodzie „{}”.")
    mark = Mark("mark", label="Znak Zakup Prospołeczny")
    kind = Codes("kind_id", label="Rodzaj podmiotu", unknown="Nie ma rodzaju podmiotu „{}”.")
    cpv = _cpv()
    sort = choice(
        "Kolejność",
        [("trafnosc", "trafność"), ("nazwa", "nazwa"), ("nowe", "najnowsze"), ("zmiana", "ostatnio zmienione")],
        "Nie ma takiej kolejności.",
    )
    page = Page()

    class Meta:
        model = OfferEntry
        fields = []
