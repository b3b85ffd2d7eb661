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


def plain_amount(amount):
    """As it is typed: "1 234 567,89"."""
    return "" if amount is None else f"{amount:,.2f}".replace(",", " ").replace(".", ",")
