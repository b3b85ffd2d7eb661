"""Orders as visitors see them: public rows with their entries, for the tests of the list and of what leaves it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from procurement.choices import NoticeState, Outcome
from procurement.models import Award, Clause, ClauseKind, Posting
from procurement.use_cases import entries
from tests.procurement.factories import NoticeFactory, PlanItemFactory, published
from tests.registry.factories import NOW

# Real time goes on while a test runs, and pages ask the clock.
SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=5)


def refresh(now=NOW):
    entries.refresh(Posting.objects.values_list("pk", flat=True), now=now)


def plan_item(*, clauses=(), publish=True, **given):
    """A position of a plan; published unless more items of its version are to follow."""
    item = PlanItemFactory(**given)
    for code in clauses:
        clause(item=item, code=code)
    if publish:
        published(item.version)
    return item


def notice(*, clauses=(), **given):
    made = NoticeFactory(**given)
    for code in clauses:
        clause(notice=made, code=code)
    return made


def clause(*, code, **given):
    return Clause.objects.create(kind=ClauseKind.objects.get(code=code), **given)


def concluded(made, **given):
    """The notice with its result."""
    made.state = NoticeState.CONCLUDED
    made.save()
    values = {"supplier_name": "Spółdzielnia Żuraw", "value": Decimal("90000"), "decided_on": date(2026, 11, 25)}
    return Award.objects.create(notice=made, outcome=Outcome.AWARDED, **values | given)
