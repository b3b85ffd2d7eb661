"""The one meaning of a query string of /znak/rejestr/: of the list, its counts and the exports.

A value that nobody knows makes the whole filter invalid, and an invalid filter finds nothing.
"""

from django.db.models import Case, Count, F, Value, When
from django.db.models.functions import Coalesce

from core.polish import fold
from quality_mark.choices import Standing
from quality_mark.models import Mark
from registry.models import County, Municipality, OfferCategory, Organisation
from registry.models.folding import folded

LONGEST, MOST_WORDS, MOST_VALUES = 100, 8, 60
COLUMNS = {"powiat": "county", "category": "offer__category_id", "status": "standing"}
LABELS = {"powiat": "Powiat", "category": "Kategoria", "status": "Stan znaku"}
# Filters that a link or the map sets, too many values for a panel: of these only what is asked for is looked up.
LINKED = {"gmina": "municipality_id", "podmiot": "offer__organisation__slug"}
LINKED_LABELS = {"gmina": "Gmina", "podmiot": "Podmiot"}
VIEWS = ("lista", "mapa")
_ORGANISATION = "offer__organisation"


class RegisterFilter:
    def __init__(self, data, *, today):
        self.data, self.today, self.errors = data, today, {}
        self.known = {
            "powiat": {one.teryt: str(one) for one in County.objects.order_by("sort_key").defer("boundary")},
            "category": dict(OfferCategory.objects.order_by("position").values_list("code", "label")),
            "status": dict(Standing.choices),
            "gmina": self._names(Municipality.objects.only("teryt", "label"), "gmina", "teryt"),
            "podmiot": self._names(Organisation.objects.with_party(), "podmiot", "slug"),
        }
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

    def _asked(self, name):
        return list(dict.fromkeys(value for value in self.data.getlist(name)[:MOST_VALUES] if value))

    def _names(self, rows, name, key):
        asked = [value for value in self._asked(name) if "\0" not in value]
        return {getattr(one, key): str(one) for one in rows.filter(**{f"{key}__in": asked})} if asked else {}

    def _chosen(self, name, label):
        asked = self._asked(name)
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

    def _narrowed(self, rows, but=""):
        if self.errors:
            return rows.none()
        rows = rows.placed() if self.chosen["gmina"] else rows
        for name, values in self.chosen.items():
            if values and name != but:
                rows = rows.filter(**{f"{(COLUMNS | LINKED)[name]}__in": values})
        if self.words:
            empty = Value("")
            rows = rows.annotate(
                words=folded(
                    F("number"),
                    F("offer__name"),
                    Coalesce(F(f"{_ORGANISATION}__unit__name"), empty),
                    Coalesce(F(f"{_ORGANISATION}__institution__name"), empty),
                )
            )
        for word in self.words:
            rows = rows.filter(words__contains=word)
        return rows
