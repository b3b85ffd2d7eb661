"""One change of a notice's words: who locks it, what is written down of it, who is told."""

from contextlib import contextmanager

from core.exceptions import Refused
from procurement.choices import NoticeState
from procurement.models import Notice, NoticeStep
from procurement.notices import steps
from procurement.notices.words import CONTACT_CHANGED, changes_between, rows_of
from procurement.rules.facts import day_of
from procurement.rules.judging import Rules
from procurement.use_cases import entries, telling
from procurement.workflow import CORRECTIONS, OFFICER, notices

WHY = "Napisz, dlaczego zmieniasz ogłoszenie. Te słowa zobaczą wykonawcy."


class Changed(Refused):
    """Somebody else saved the same step; `saved` is what stands there now, as rows of procurement.notices.words."""

    def __init__(self, saved):
        super().__init__("W międzyczasie ktoś zapisał to inaczej.")
        self.saved = saved


def locked(notice_id):
    """The notice, until the transaction ends nobody else changes it."""
    rows = Notice.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("authority__institution", "unit", "mode", "municipality", "county").get(pk=notice_id)


@contextmanager
def change(notice, step, *, shown, reason="", actor, now):
    """Around what is written in one step of a locked notice, in the caller's transaction.

    `shown` is steps.digest() of what the page had shown, None when it does not matter: when somebody else has saved
    the step meanwhile and otherwise, Changed is raised. Of a notice that is public the change is a correction: it
    needs a `reason`, its history says what was and what is, and whoever follows the notice is told. Refused besides:
    a notice that was withdrawn.
    """
    if notice.state == NoticeState.WITHDRAWN:
        raise Refused("To ogłoszenie jest wycofane i już się nie zmieni.")
    values, rows = steps.saved_values(notice, step), rows_of(notice, step)
    yield
    after = steps.saved_values(notice, step)
    is_same = steps.digest(after) == steps.digest(values)
    if shown is not None and shown != steps.digest(values) and not is_same:
        raise Changed(rows)
    changes = changes_between(rows, rows_of(notice, step))
    if is_same and not changes:
        return
    judge(notice, now)
    notice.changed_at = now
    notice.save()
    if notice.state in NoticeState.public():
        _correct(notice, step, changes, reason, actor, now)


def _correct(notice, step, changes, reason, actor, now):
    if not reason.strip():
        raise Refused(WHY, field="reason")
    advance(
        notice, CORRECTIONS[notice.state], actor=actor, note=reason, now=now,
        changes=CONTACT_CHANGED if step == steps.CONTACT else changes,
    )  # fmt: skip
    made_known(notice, now=now)


def judge(notice, now):
    """Which threshold the value meets on the day of the notice, and which row says so."""
    judgement = Rules(day_of(notice, now)).judge(
        value=notice.value, nature=notice.nature, group=notice.authority.group, is_social=notice.is_social
    )  # fmt: skip
    notice.band, notice.judged_by = judgement.band, judgement.rule


def advance(notice, name, *, kind=OFFICER, actor=None, note="", changes=None, now):
    """Take a step of procurement.workflow and write it down; the caller saves the notice. Refused: not from here."""
    step = notices.resolve(name, state=notice.state, actor=kind)
    NoticeStep.objects.create(
        notice=notice, name=name, source=notice.state, target=step.target, note=note.strip()[:500],
        changes=changes or {}, made_at=now, made_by=actor,
    )  # fmt: skip
    notice.state = step.target
    return notice


def made_known(notice, *, now):
    """Visitors see something new, and whoever follows such orders is told."""
    shown(notice, now=now)
    telling.announced([notice.pk], now=now)


def shown(notice, *, now):
    """What the list says of the notice, and of its position in the plan, is new."""
    entries.refresh([notice.pk, *([notice.position_id] if notice.position_id else [])], now=now)
