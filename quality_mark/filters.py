"""The one meaning of a query string of /znak/rejestr/: of the list, its counts and the exports.

A value that nobody knows makes the whole filter invalid, and an invalid filter finds nothing.
"""

from django.db.models import Case, Count, F, Value, When
from django.db.models.functions import Coalesce

from core.polish import fold
from quality_mark.choices import Standing
from quality_mark.models import Mark
from registry.models import County, OfferCategory
from registry.models.folding import folded

LONGEST, MOST_WORDS, MOST_VALUES = 100, 8, 60
COLUMNS = {"powiat": "county", "category": "offer__category_id", "status": "standing"}
LABELS = {"powiat": "Powiat", "category": "Kategoria", "status": "Stan znaku"}
_ORGANISATION = "offer__organisation"


class RegisterFilter:
    def __init__(self, data, *, today):
        self.data, self.today, self.errors = data, today, {}
        self.known = {
            "powiat": {one.teryt: str(one) for one in County.objects.order_by("sort_key").defer("boundary")},
            "category": dict(OfferCategory.objects.order_by("position").values_list("code", "label")),
            "status": dict(Standing.choices),
        }
        self.q = data.get("q", "").strip()
        self.chosen = {name: self._chosen(name) for name in COLUMNS}
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

    def _chosen(self, name):
        asked = list(dict.fromkeys(value for value in self.data.getlist(name)[:MOST_VALUES] if value))
        unknown = [value for value in asked if value not in self.known[name]]
        if unknown:
            self.errors[name] = f"{LABELS[name]}: nie ma wartości „{unknown[0][:40]}”."
        return [value for value in asked if value not in unknown]

    def _words(self):
        if len(self.q) > LONGEST:
            self.errors["q"] = f"Wpisz najwyżej {LONGEST} znaków."
            return []
        return fold(self.q).split()[:MOST_WORDS]

    def _narrowed(self, rows, but=""):
        if self.errors:
            return rows.none()
        for name, values in self.chosen.items():
            if values and name != but:
                rows = rows.filter(**{f"{COLUMNS[name]}__in": values})
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
