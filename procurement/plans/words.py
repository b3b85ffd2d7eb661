"""Values of a plan as people read them."""

from core.templatetags.portal import money
from procurement.choices import Nature
from procurement.models import ClauseKind, Mode


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


def typed_amount(amount, is_approximate=False):
    """ "ok. 1 234 567,89", which the form and an import read as it is meant."""
    plain = plain_amount(amount)
    return f"ok. {plain}" if is_approximate and plain else plain


def plain_amount(amount):
    """As it is typed: "1 234 567,89"."""
    return "" if amount is None else f"{amount:,.2f}".replace(",", " ").replace(".", ",")
