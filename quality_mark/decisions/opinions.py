"""What the commission has said of taking a mark away, since it was suspended."""

from django.db.models import Exists, OuterRef

from quality_mark.models import AgendaItem, Suspension, Vote
from quality_mark.own_cases import own_of
from quality_mark.voting import Result


def opinion_of(suspension):
    """The last vote with a result at a signed sitting after this suspension began, or None."""
    votes = Vote.objects.filter(
        item__mark=suspension.mark_id, item__sitting__signed_at__isnull=False, result__in=Result.final(),
        closed_at__gte=suspension.since,
    )  # fmt: skip
    return votes.select_related("item__sitting").order_by("-closed_at", "-pk").first()


def unlisted_marks(user):
    """Suspensions of which an opinion is asked and that no sitting has on its agenda yet."""
    listed = AgendaItem.objects.filter(mark=OuterRef("mark"), sitting__signed_at=None)
    answered = Vote.objects.filter(
        item__mark=OuterRef("mark"), item__sitting__signed_at__isnull=False, result__in=Result.final(),
        closed_at__gte=OuterRef("since"),
    )  # fmt: skip
    rows = Suspension.objects.filter(~Exists(listed), ~Exists(answered), opinion_asked_at__isnull=False, ended_at=None)
    return (
        rows.exclude(own_of(user, "mark__"))
        .select_related("mark__offer__organisation__institution", "mark__offer__organisation__unit")
        .order_by("ends_by", "pk")
    )
