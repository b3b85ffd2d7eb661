"""Values of a plan as people read them."""

from django.utils.formats import date_format

from core.templatetags.portal import money
from procurement.choices import Nature, OpeningPrecision
from procurement.models import ClauseKind, Mode

_ROMAN = {1: "I", 4: "II", 7: "III", 10: "IV"}


def opening(day, precision):
    """ "II kwartał 2026", "czerwiec 2026", "2026" or nothing."""
    if day is None:
        return ""
    if precision == OpeningPrecision.YEAR:
        return str(day.year)
    if precision == OpeningPrecision.QUARTER:
        return f"{_ROMAN[(day.month - 1) // 3 * 3 + 1]} kwartał {day.year}"
    return f"{date_format(day, 'F')} {day.year}".lower()


def value(amount, is_approximate=False):
    if amount is None:
        return ""
    return f"ok. {money(amount)}" if is_approximate else money(amount)


class Names:
    """Names of modes and clauses, read once. Two queries."""

    def __init__(self):
        self.modes = dict(Mode.objects.values_list("pk", "label"))
        self.clauses = {kind.pk: kind for kind in ClauseKind.objects.all()}

    def clause(self, kind_id):
        return str(self.clauses[kind_id])


def nature(code):
    return Nature(code).label if code else ""


def plain_amount(amount):
    """As it is typed: "1 234 567,89"."""
    return "" if amount is None else f"{amount:,.2f}".replace(",", " ").replace(".", ",")
