"""The register of marks as a list whose searches can be saved (notifications.searches)."""

from django.utils import timezone

from notifications.searches import Search
from quality_mark.feeds import RegisterFeed
from quality_mark.filters import LABELS, LINKED_LABELS, RegisterFilter, names_known, searched
from quality_mark.models import Mark
from registry.searches import told_by


def _bind(datas, now):
    known, today = names_known(datas), timezone.localdate(now)
    return [RegisterFilter(data, today=today, known=known) for data in datas]


def _chips(found):
    return [found.known[name][value] for name, values in found.chosen.items() for value in values]


def _rows(now):
    return searched(Mark.objects.standing_on(timezone.localdate(now)).placed()).told().dated()


MARKS = Search(
    name="znaki",
    label="Rejestr znaków",
    page="quality_mark:register",
    feed="quality_mark:register_feed",
    words="znak,znaki,znaków",
    filters=("q", *LABELS, *LINKED_LABELS),
    bind=_bind,
    why=lambda found: list(found.errors.values()),
    chips=_chips,
    rows=_rows,
    tell=told_by(RegisterFeed()),
)
