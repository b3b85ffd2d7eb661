"""Saving the steps of a notice's form, complete or not; of a public one each is a correction (changing.change)."""

import re

from django.db import transaction

from core.exceptions import Refused
from procurement.choices import NoticeState
from procurement.models import Clause, ClauseKind, NoticeCpv, NoticePart, Posting
from procurement.models.notices import PROCEDURE_ID
from procurement.models.postings import new_ocid
from procurement.notices import steps
from procurement.use_cases.notices.changing import change, locked


@transaction.atomic
def save(*, notice_id, step, values, shown, reason="", actor, now):
    """Keep `values` {column: value} of a step with columns. Returns the Notice. Refused as in changing.change()."""
    notice = locked(notice_id)
    with change(notice, step, shown=shown, reason=reason, actor=actor, now=now):
        for name in steps.COLUMNS[step]:
            if name in values:
                setattr(notice, name, values[name])
        if step == steps.VALUE:
            _follow_bulletin(notice)
    return notice


@transaction.atomic
def save_cpv(*, notice_id, codes, parts, shown, reason="", actor, now):
    """Keep the CPV codes (without control digits, the main one first) and the parts [(number, subject, value)].

    Refused besides: a number of a part twice, a part taken away that has a result.
    """
    notice = locked(notice_id)
    with change(notice, steps.CPV, shown=shown, reason=reason, actor=actor, now=now):
        if codes != list(notice.cpv_links.values_list("code_id", flat=True)):
            notice.cpv_links.all().delete()
            NoticeCpv.objects.bulk_create(
                NoticeCpv(notice=notice, code_id=one, order=n) for n, one in enumerate(codes)
            )
        _keep_parts(notice, parts)
    return notice


@transaction.atomic
def save_clause(*, notice_id, clause_id=None, kind_id, values, shown, reason="", actor, now):
    """Keep one clause, a new one without `clause_id`. `shown` is the digest of this clause as the page showed it.

    Refused besides: the clause was taken away meanwhile, its kind is not there.
    """
    notice = locked(notice_id)
    before = notice.clauses.filter(pk=clause_id).first() if clause_id else None
    if clause_id and before is None:
        raise Refused("Ktoś właśnie usunął tę klauzulę.")
    if not ClauseKind.objects.filter(pk=kind_id).exists():
        raise Refused("Wybierz klauzulę z listy.", field="kind")
    all_shown = None
    if before and shown != steps.digest(steps.clause_values(before)):
        all_shown = ""  # no step has this digest: whatever differs now is somebody else's
    with change(notice, steps.CLAUSES, shown=all_shown, reason=reason, actor=actor, now=now):
        clause = before or Clause(notice=notice)
        for name, value in {"kind_id": kind_id, **values}.items():
            setattr(clause, name, value)
        clause.save()
    return clause


@transaction.atomic
def drop_clause(*, notice_id, clause_id, reason="", actor, now):
    """Take one clause away; a second time does no harm."""
    notice = locked(notice_id)
    with change(notice, steps.CLAUSES, shown=None, reason=reason, actor=actor, now=now):
        notice.clauses.filter(pk=clause_id).delete()
    return notice


def _keep_parts(notice, parts):
    numbers = [number for number, _, _ in parts]
    if len(set(numbers)) < len(numbers):
        raise Refused("Dwie części mają ten sam numer.", field="parts")
    if parts and notice.awards.filter(part=None).exists():
        raise Refused("To zamówienie ma już jeden wynik, więc nie można go teraz podzielić.", field="parts")
    is_over = notice.state in (NoticeState.CONCLUDED, NoticeState.CANCELLED)
    if is_over and set(numbers) - set(notice.parts.values_list("number", flat=True)):
        raise Refused("Nie można dodać części do zakończonego postępowania.", field="parts")
    gone = notice.parts.exclude(number__in=numbers)
    if gone.filter(award__isnull=False).exists():
        raise Refused("Nie można usunąć części, która ma już wynik.", field="parts")
    is_last = gone.exists() and not set(numbers) - _settled(notice)
    if is_last and notice.awards.exists():
        # Nothing would be waited for any more, and no result would have ended the notice.
        raise Refused("Pozostałe części mają już wynik. Zamiast usuwać tę, podaj jej wynik.", field="parts")
    gone.delete()
    known = {part.number: part for part in notice.parts.all()}
    for number, subject, value in parts:
        part = known.get(number) or NoticePart(notice=notice, number=number)
        part.subject, part.value = subject, value
        part.save()


def _settled(notice):
    """Numbers of the parts that have a result."""
    return set(notice.parts.filter(award__isnull=False).values_list("number", flat=True))


def _follow_bulletin(notice):
    """The bulletin's number of the procedure is the contracting process, as long as nobody has read another. Taken
    back, it leaves the notice to the process of its position, or to one of its own."""
    if notice.state not in (NoticeState.DRAFT, NoticeState.SCHEDULED):
        return
    posting = Posting.objects.get(pk=notice.pk)
    if notice.procedure_id:
        ocid = notice.procedure_id
    elif re.match(PROCEDURE_ID, posting.ocid):
        ocid = notice.position.posting.ocid if notice.position else new_ocid()
    else:
        return
    Posting.objects.filter(pk=notice.pk).update(ocid=ocid)
