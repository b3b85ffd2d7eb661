"""A notice becomes public, at once or on its day, or is taken back."""

from datetime import timedelta

from django.db import transaction

from core.exceptions import Refused
from procurement.choices import NoticeState
from procurement.models import Notice
from procurement.use_cases.notices.changing import advance, judge, locked, made_known
from procurement.workflow import OFFICER, TIME

# A date further away is rather a slip of the hand.
LATEST = timedelta(days=366)


@transaction.atomic
def publish(*, notice_id, kind=OFFICER, actor=None, now):
    """Everybody sees the notice from now on, and suppliers are told. Refused: it is public already, or withdrawn."""
    notice = locked(notice_id)
    advance(notice, "publish", kind=kind, actor=actor, now=now)
    notice.published_at, notice.publish_at = now, None
    judge(notice, now)
    notice.save()
    made_known(notice, now=now)
    return notice


@transaction.atomic
def schedule(*, notice_id, publish_at, actor, now):
    """Let it appear by itself at this moment. Refused: a moment that is over or more than a year away."""
    notice = locked(notice_id)
    if publish_at <= now:
        raise Refused("Ten dzień i godzina już minęły. Wybierz późniejsze albo ogłoś teraz.", field="day")
    if publish_at > now + LATEST:
        raise Refused("Wybierz dzień w ciągu najbliższego roku.", field="day")
    advance(notice, "schedule", actor=actor, now=now)
    notice.publish_at = publish_at
    judge(notice, now)
    notice.save()
    return notice


@transaction.atomic
def unschedule(*, notice_id, actor, now):
    """It is a draft again and appears only when somebody says so."""
    notice = locked(notice_id)
    advance(notice, "unschedule", actor=actor, now=now)
    notice.publish_at = None
    notice.save()
    return notice


def due(*, now):
    """Ids of the notices whose day has come."""
    return list(Notice.objects.due(now).order_by("publish_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def publish_due(*, notice_id, now):
    """Publish a notice whose day has come. Whoever was quicker, or changed the day, is left alone: safe to repeat."""
    notice = Notice.objects.select_for_update(of=("self",), no_key=True).filter(pk=notice_id).first()
    if notice is None or notice.state != NoticeState.SCHEDULED or notice.publish_at > now:
        return None
    return publish(notice_id=notice_id, kind=TIME, now=now)


@transaction.atomic
def withdraw(*, notice_id, reason, actor, now):
    """Take a public notice back; its page says so and why. Refused: no reason, a notice with a result."""
    notice = locked(notice_id)
    if not reason.strip():
        raise Refused("Napisz, dlaczego wycofujesz ogłoszenie. Te słowa zobaczą wykonawcy.", field="reason")
    if notice.awards.exists():
        raise Refused("To ogłoszenie ma już wynik, więc nie można go wycofać.")
    advance(notice, "withdraw", actor=actor, note=reason, now=now)
    notice.ended_at, notice.end_reason = now, reason.strip()[:500]
    notice.save()
    made_known(notice, now=now)
    return notice


@transaction.atomic
def discard(*, notice_id):
    """Throw away a draft that nobody but its officers has seen. Refused: anything else. Files go with it."""
    notice = locked(notice_id)
    if notice.state != NoticeState.DRAFT:
        raise Refused("Usunąć można tylko szkic.")
    files = [document.file for document in notice.documents.all() if document.file]
    posting = notice.posting
    notice.delete()
    posting.delete()
    transaction.on_commit(lambda: [file.storage.delete(file.name) for file in files])
