"""Cases that wait for the director, each with what the commission or the office has found."""

from django.db.models import Exists, OuterRef, Q, Subquery

from quality_mark.choices import ApplicationState as A
from quality_mark.decisions.silence import silent
from quality_mark.models import Application, Step, Verdict, Vote
from quality_mark.own_cases import not_own
from quality_mark.voting import Result

# Steps after which the commission has to say something anew; taking back a grant is none of them.
ANEW = ("put", "shorten", "reconsider")


def with_recommendation(rows):
    """`recommendation`: what the last vote at a signed sitting said since the case came to the commission."""
    came = Step.objects.filter(application=OuterRef("item__application"), name__in=ANEW).order_by("-at", "-pk")
    votes = (
        Vote.objects.filter(
            item__application=OuterRef("pk"),
            item__mark=None,
            item__sitting__signed_at__isnull=False,
            result__in=Result.final(),
        )
        .alias(came_at=Subquery(came.values("at")[:1]))
        .filter(Q(came_at=None) | Q(closed_at__gte=Subquery(came.values("at")[:1])))
        .order_by("-closed_at", "-pk")
    )
    return rows.annotate(
        recommendation=Subquery(votes.values("result")[:1]),
        is_unmet=Exists(Verdict.objects.filter(application=OuterRef("pk"), is_met=False)),
    )


def waiting(user, now):
    """Cases that this person may decide now: the commission has recommended, the formal criteria are not met, or the
    time is over and the rules say what that means."""
    rows = with_recommendation(not_own(Application.objects.all(), user))
    return (
        rows.filter(
            Q(state=A.COMMISSION, recommendation__isnull=False) | Q(state=A.FORMAL_CHECK, is_unmet=True) | silent(now)
        )
        .select_related("rulebook", "offer__organisation__institution", "offer__organisation__unit")
        .order_by("due_at", "pk")
    )


def last_votes(applications):
    """{application id: the Vote by which the commission has said something of it}, in one query."""
    rows = Vote.objects.filter(
        item__application__in=[one.pk for one in applications], item__mark=None,
        item__sitting__signed_at__isnull=False, result__in=Result.final(),
    )  # fmt: skip
    return {one.item.application_id: one for one in rows.select_related("item__sitting").order_by("closed_at", "pk")}
