"""Rows with everything that their pages show, in a number of queries that does not grow with them."""

from django.db.models import Prefetch

from procurement.choices import PlanState
from procurement.models import Award, Clause, Notice, NoticeCpv, PlanItem, PlanItemCpv, PlanPosition
from registry.models import Organisation


def notices():
    """For the page of a notice."""
    cards = Organisation.objects.published().with_party()
    awards = Award.objects.select_related("part", "supplier").prefetch_related(
        "reports", Prefetch("supplier__organisations", cards, to_attr="cards")
    )
    return Notice.objects.select_related(
        "posting", "authority__institution", "unit", "mode", "municipality", "county", "judged_by",
        "position__plan__authority",
    ).prefetch_related(
        Prefetch("cpv_links", NoticeCpv.objects.select_related("code")),
        Prefetch("clauses", Clause.objects.select_related("kind")),
        Prefetch("awards", awards),
        "parts", "documents", "steps",
    )  # fmt: skip


def positions():
    """For the page of a position of a public plan: what was published of it, the newest first."""
    items = (
        PlanItem.objects.filter(version__state=PlanState.PUBLISHED)
        .select_related("version", "mode", "judged_by")
        .prefetch_related(
            Prefetch("cpv_links", PlanItemCpv.objects.select_related("code")),
            Prefetch("clauses", Clause.objects.select_related("kind")),
        )
        .order_by("-version__number")
    )
    return (
        PlanPosition.objects.exclude(plan__current=None)
        .select_related("posting", "plan__authority__institution", "plan__unit", "plan__current")
        .prefetch_related(
            Prefetch("items", items, to_attr="published_items"),
            Prefetch("notices", Notice.objects.public().order_by("-published_at"), to_attr="public_notices"),
        )
    )
