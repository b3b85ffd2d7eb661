"""A draft notice out of what somebody has asked the advisor."""

from django.db import transaction

from accounts.permissions import Action, may
from core.exceptions import Refused
from procurement.choices import Band, NoticeKind, NoticeState
from procurement.models import Clause, ClauseKind, Mode, Notice, NoticeCpv, Posting
from procurement.rules.judging import Rules
from registry.models import County


@transaction.atomic
def draft_notice(
    *, authority, unit, subject, day, value=None, nature="", is_social=False, mode="", cpv=(), clauses=(), county="",
    actor, now,
):  # fmt: skip
    """Write a draft that only the buyer sees; returns it.

    `mode` and `clauses` are codes of what is in force on `day`, `cpv` codes of eight digits with the main one first.
    What the clauses need is filled in later. Refused: who does not buy for this authority or unit; a code that is not
    in force on that day.
    """
    if not may(actor, Action.BUY, unit or authority):
        raise Refused("Nie działasz w imieniu tego zamawiającego.", field="owner")
    modes = {one.code: one for one in Mode.objects.on(day)}
    if mode and mode not in modes:
        raise Refused("Tego dnia nie ma takiego trybu.", field="mode")
    kinds = {kind.code: kind for kind in ClauseKind.objects.on(day)}
    if unknown := set(clauses) - set(kinds):
        raise Refused(f"Tego dnia nie ma klauzuli: {', '.join(sorted(unknown))}.", field="clauses")
    judged = Rules(day).judge(value=value, nature=nature, group=authority.group, is_social=is_social)
    notice = Notice.objects.create(
        posting=Posting.objects.create(),
        authority=authority,
        unit=unit,
        kind=NoticeKind.REQUEST if judged.band == Band.BELOW else NoticeKind.CONTRACT,
        state=NoticeState.DRAFT,
        subject=subject,
        nature=nature,
        is_social=is_social,
        mode=modes.get(mode),
        value=value,
        band=judged.band,
        judged_by=judged.rule,
        county=County.objects.filter(teryt=county).first() if county else None,
        created_at=now,
        changed_at=now,
        created_by=actor,
    )
    NoticeCpv.objects.bulk_create(
        NoticeCpv(notice=notice, code_id=code, order=place) for place, code in enumerate(cpv)
    )
    Clause.objects.bulk_create(Clause(notice=notice, kind=kinds[code]) for code in dict.fromkeys(clauses))
    return notice
