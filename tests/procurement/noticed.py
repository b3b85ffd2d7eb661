"""What the tests of notices do with one, and who heard of it."""

from procurement.choices import NoticeState
from procurement.models import Announcement, PostingEntry
from procurement.use_cases.notices import saving
from tests.procurement.factories import NoticeFactory
from tests.registry.factories import NOW


def heard():
    """(numbers that the public list holds, numbers that suppliers are to hear of)."""
    listed = PostingEntry.objects.order_by("pk").values_list("pk", flat=True)
    return list(listed), list(Announcement.objects.order_by("pk").values_list("posting_id", flat=True))


def draft(**given):
    return NoticeFactory(state=NoticeState.DRAFT, **given)


def kept_steps(notice):
    return [(step.name, step.note) for step in notice.steps.all()]


def correct(notice, step, actor, *, reason="Błąd w treści.", shown=None, **values):
    return saving.save(
        notice_id=notice.pk, step=step, values=values, shown=shown, reason=reason, actor=actor, now=NOW
    )  # fmt: skip
