"""One report: everything that its page, its charts and its workbook show, in a fixed number of statements."""

from functools import cached_property, reduce
from operator import add

from procurement.figures.clauses import lines_by_clause
from procurement.figures.lines import Line, lines_by, rolled
from procurement.figures.orders import OrderQuerySet, orders
from procurement.models import ContractingAuthority, Notice, OrderingUnit

NO_PLACE, NO_DIVISION = "miejsce nieznane albo poza regionem", "bez kodu CPV"
NO_UNIT = "sam zamawiający"
YEARS, COUNTIES, DIVISIONS, OWNERS = range(4)


class Report:
    """Of the region, or of one `buyer`. `form` is a valid ReportForm."""

    def __init__(self, form, *, buyer=None):
        self.form, self.buyer = form, buyer
        self.year = form.cleaned_data["year"]

    @cached_property
    def _all_years(self):
        return lines_by(
            self._narrowed(orders()), "rok", "powiat", "dzial", "jednostka" if self.buyer else "zamawiajacy"
        )

    @cached_property
    def _lines(self):
        if not self.year:
            return self._all_years
        return {key: line for key, line in self._all_years.items() if key[YEARS] == self.year}

    @cached_property
    def total(self):
        return reduce(add, self._lines.values(), Line())

    @cached_property
    def annulled(self):
        """How many orders were annulled: they are counted here and nowhere else."""
        return self._of_year(self._narrowed(OrderQuerySet(Notice).announced().annulled())).count()

    @cached_property
    def clauses(self):
        return lines_by_clause(self._of_year(self._narrowed(orders())))

    @cached_property
    def years(self):
        """[(year, Line)], of all years whatever year was asked for."""
        return sorted(rolled(self._all_years, YEARS).items())

    @cached_property
    def counties(self):
        """[(name, Line)] in the order of names, the unknown place last."""
        names = self.form.counties
        found = rolled(self._lines, COUNTIES)
        return [(names.get(code, NO_PLACE), found[code]) for code in _in_order(found, list(names))]

    @cached_property
    def divisions(self):
        names = self.form.divisions
        found = rolled(self._lines, DIVISIONS)
        return [(names.get(code, NO_DIVISION), found[code]) for code in _in_order(found, list(names))]

    @cached_property
    def owners(self):
        """[(authority, or unit of the one asked for, or None for itself; Line)], those with most orders first."""
        found = rolled(self._lines, OWNERS)
        model = OrderingUnit.objects if self.buyer else ContractingAuthority.objects.with_institution()
        rows = model.in_bulk([pk for pk in found if pk])
        pairs = [(rows.get(pk), line) for pk, line in found.items()]
        return sorted(pairs, key=lambda pair: (-pair[1].orders, str(pair[0] or "")))

    def _narrowed(self, rows):
        if self.buyer:
            rows = rows.of_buyer(self.buyer)
        if county := self.form.cleaned_data["powiat"]:
            rows = rows.in_county(county)
        if division := self.form.cleaned_data["dzial"]:
            rows = rows.in_division(division)
        return rows

    def _of_year(self, rows):
        return rows.in_year(self.year) if self.year else rows


def _in_order(found, known):
    places = {code: place for place, code in enumerate(known)}
    return sorted(found, key=lambda code: places.get(code, len(places)))
