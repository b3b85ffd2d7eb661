"""The one meaning of a query string of /znak/rejestr/: of the list, its counts and the exports.

A value that nobody knows makes the whole filter invalid, and an invalid filter finds nothing.
"""

from functools import reduce
from operator import and_

from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import Coalesce

from core.polish import fold
from quality_mark.choices import Standing
from quality_mark.models import Mark
from registry.cards.old_addresses import all_lead_to
from registry.models import County, Municipality, OfferCategory, Organisation
from registry.models.folding import folded

LONGEST, MOST_WORDS, MOST_VALUES = 100, 8, 60
COLUMNS = {"powiat": "county", "category": "offer__category_id", "status": "standing"}
LABELS = {"powiat": "Powiat", "category": "Kategoria", "status": "Stan znaku"}
# Filters that a link or the map sets, too many values for a panel: of these only what is asked for is looked up.
LINKED = {"gmina": "municipality_id", "podmiot": "offer__organisation_id"}
LINKED_LABELS = {"gmina": "Gmina", "podmiot": "Podmiot"}
VIEWS = ("lista", "mapa")
_ORGANISATION = "offer__organisation"


class RegisterFilter:
    def __init__(self, data, *, today, known=None):
        """`known` as `names_known` gives it, when that is at hand."""
        self.data, self.today, self.errors = data, today, {}
        self.known = known or names_known([data])
        self.q = data.get("q", "").strip()
        self.chosen = {name: self._chosen(name, label) for name, label in (LABELS | LINKED_LABELS).items()}
        self.view = data.get("view", "") or VIEWS[0]
        if self.view not in VIEWS:
            self.errors["view"] = f"Widok: nie ma wartości „{self.view[:40]}”."
        self.words = self._words()

    def is_valid(self):
        return not self.errors

    @property
    def found(self):
        """The marks that are meant: valid ones first, and those that last longest."""
        rows = self._narrowed(Mark.objects.standing_on(self.today))
        is_over = Case(When(standing=Standing.VALID, then=Value(0)), default=Value(1))
        return rows.order_by(is_over, "-valid_until", "-pk")

    def counts(self, name):
        """{value: how many} of a filter, under all the others."""
        if self.errors:
            return {}
        rows = self._narrowed(Mark.objects.standing_on(self.today), but=name).order_by()
        return dict(rows.values_list(COLUMNS[name]).annotate(count=Count("pk")))

    @property
    def reasons(self):
        """For programs: a line for each faulty filter."""
        return "".join(f"{name}: {why}\n" for name, why in self.errors.items())

    def _chosen(self, name, label):
        asked = _asked(self.data, name)
        unknown = [value for value in asked if value not in self.known[name]]
        if len(self.data.getlist(name)) > MOST_VALUES:
            self.errors[name] = f"{label}: wybierz najwyżej {MOST_VALUES} wartości."
        elif unknown:
            self.errors[name] = f"{label}: nie ma wartości „{unknown[0][:40]}”."
        return [value for value in asked if value not in unknown]

    def _words(self):
        if len(self.q) > LONGEST:
            self.errors["q"] = f"Wpisz najwyżej {LONGEST} znaków."
            return []
        return fold(self.q).split()[:MOST_WORDS]

    @property
    def conditions(self):
        """{name of an active filter: Q} for rows of `searched`; all of them are to hold."""
        columns = COLUMNS | LINKED
        meant = self.chosen | {"podmiot": [self.known["cards"][slug] for slug in self.chosen["podmiot"]]}
        conditions = {name: Q(**{f"{columns[name]}__in": values}) for name, values in meant.items() if values}
        if self.words:
            conditions["q"] = reduce(and_, (Q(words__contains=word) for word in self.words))
        return conditions

    def _narrowed(self, rows, but=""):
        if self.errors:
            return rows.none()
        conditions = {name: one for name, one in self.conditions.items() if name != but}
        rows = rows.placed() if self.chosen["gmina"] else rows
        return (searched(rows) if "q" in conditions else rows).filter(*conditions.values())


def searched(rows):
    """With the `words` that are searched in."""
    empty = Value("")
    return rows.annotate(
        words=folded(
            F("number"),
            F("offer__name"),
            Coalesce(F(f"{_ORGANISATION}__unit__name"), empty),
            Coalesce(F(f"{_ORGANISATION}__institution__name"), empty),
        )
    )


def names_known(datas):
    """{name of a filter: {value: name}} for these query strings, in at most five statements.

    "cards" are {value of `podmiot`: id}: an address of the past, also of a card that went into another, means today's.
    """
    cards = all_lead_to({value for data in datas for value in _asked(data, "podmiot")})
    names = {one.pk: str(one) for one in Organisation.objects.with_party().filter(pk__in=cards.values())}
    return {
        "powiat": {one.teryt: str(one) for one in County.objects.order_by("sort_key").defer("boundary")},
        "category": dict(OfferCategory.objects.order_by("position").values_list("code", "label")),
        "status": dict(Standing.choices),
        "gmina": _names(datas, Municipality.objects.only("teryt", "label"), "gmina", "teryt"),
        "podmiot": {slug: names[pk] for slug, pk in cards.items()},
        "cards": cards,
    }


def _asked(data, name):
    return list(dict.fromkeys(value for value in data.getlist(name)[:MOST_VALUES] if value))


def _names(datas, rows, name, key):
    asked = {value for data in datas for value in _asked(data, name) if "\0" not in value}
    return {getattr(one, key): str(one) for one in rows.filter(**{f"{key}__in": asked})} if asked else {}
