"""Days counted from a status by the dated rows of the law (registry.models.TermRule)."""

from calendar import monthrange
from datetime import date

from registry.choices import TermKind
from registry.models import TermRule


class Terms:
    """The rows, read once. What no row speaks of has no day, and nobody is reminded of it."""

    def __init__(self):
        self._rows = list(TermRule.objects.order_by("valid_from"))

    def number(self, kind, day):
        """The value in force on a day, or None."""
        found = (
            row.number
            for row in self._rows
            if row.kind == kind and row.valid_from <= day and (row.valid_until is None or day < row.valid_until)
        )
        return next(found, None)

    def barred_until(self, status):
        """The first day on which a lost status may be granted anew (art. 18), counted from the final decision."""
        since = status.loss_final_on or status.lost_on
        months = since and self.number(TermKind.BAR_MONTHS, since)
        return months_after(since, months) if months else None

    def report_due(self, year):
        """The last day for the report on a year (art. 10): a day of the next one, by the row in force at its start."""
        number = self.number(TermKind.REPORT_DAY, date(year + 1, 1, 1))
        if not number:
            return None
        month, day = divmod(number, 100)
        return date(year + 1, month, max(1, min(day, monthrange(year + 1, month)[1])))

    def cis_until(self, since):
        """How long the status of a CIS lasts that begins on a day (art. 4 of the act on social employment)."""
        months = self.number(TermKind.CIS_MONTHS, since)
        return months_after(since, months) if months else None


def months_after(day, months):
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
