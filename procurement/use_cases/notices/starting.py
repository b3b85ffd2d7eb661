"""A new draft: from nothing, from a position of a plan, or from a notice that was there before."""

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from procurement.choices import UpdateKind
from procurement.models import (
    Clause,
    ClauseKind,
    ContractingAuthority,
    Mode,
    Notice,
    NoticeCpv,
    OrderingUnit,
    PlanPosition,
    Posting,
)
from procurement.notices import steps
from procurement.use_cases.notices.changing import judge

COPIED = (
    "kind", "subject", "description", "nature", "is_social", "mode_id", "value", "value_is_public", "price_weight",
    "url", "municipality_id", "county_id", "place", "contact_name", "contact_email", "contact_phone",
)  # fmt: skip
FROM_ITEM = ("subject", "nature", "is_social", "mode_id", "value")


@transaction.atomic
def start(*, authority_id, unit_id=None, subject, cpv=(), clauses=(), actor, now, **given):
    """A draft of an authority or of its unit, which the caller has asked that the person may buy for.

    `cpv` are codes without their control digit, the main one first; `clauses` dictionaries of fields of Clause;
    `given` other fields of Notice. Refused: no subject.
    """
    authority, unit = _buyer(authority_id, unit_id)
    return _draft(authority, unit, subject=subject, cpv=cpv, clauses=clauses, actor=actor, now=now, **given)


@transaction.atomic
def start_from_position(*, position_id, actor, now):
    """A draft that says what the plan says of a position, and belongs to the same contracting process.

    Refused: the position is not public, or was given up.
    """
    position = PlanPosition.objects.select_related("posting", "plan__authority", "plan__unit").get(pk=position_id)
    item = position.items.filter(version=position.plan.current_id).select_related("mode").first()
    if item is None:
        raise Refused("Tej pozycji nie ma w ogłoszonej wersji planu.")
    if item.update_kind == UpdateKind.DROPPED:
        raise Refused(
            "W ogłoszonej wersji planu zrezygnowano z tej pozycji. Przywróć ją w planie albo zacznij od nowa."
        )
    return _draft(
        position.plan.authority, position.plan.unit,
        **{name: getattr(item, name) for name in FROM_ITEM},
        position=position, ocid=position.posting.ocid, description=item.remarks,
        cpv=item.cpv_links.values_list("code_id", flat=True),
        clauses=[steps.clause_values(clause) for clause in item.clauses.all()], actor=actor, now=now,
    )  # fmt: skip


@transaction.atomic
def copy(*, notice_id, actor, now):
    """A draft like another notice, in whatever state; numbers, dates, documents and results are its own."""
    old = Notice.objects.select_related("authority", "unit").get(pk=notice_id)
    new = _draft(
        old.authority, old.unit, **{name: getattr(old, name) for name in COPIED},
        cpv=old.cpv_links.values_list("code_id", flat=True),
        clauses=[steps.clause_values(clause) for clause in old.clauses.all()], actor=actor, now=now,
    )  # fmt: skip
    for part in old.parts.all():
        new.parts.create(number=part.number, subject=part.subject, value=part.value)
    return new


def _draft(authority, unit, *, subject, cpv, clauses, actor, now, ocid="", **given):
    if not subject.strip():
        raise Refused("Napisz, co zamawiasz.", field="subject")
    posting = Posting.objects.create(**({"ocid": ocid} if ocid else {}))
    # Copied from another time: what the law has changed goes over to its next row.
    today = timezone.localdate(now)
    modes, kinds = Mode.objects.heirs(today), ClauseKind.objects.heirs(today)
    given["mode_id"] = modes.get(given.get("mode_id"))
    notice = Notice(
        posting=posting, authority=authority, unit=unit, subject=subject.strip(), created_at=now, changed_at=now,
        created_by=actor, **given,
    )  # fmt: skip
    judge(notice, now)
    notice.save()
    NoticeCpv.objects.bulk_create(NoticeCpv(notice=notice, code_id=code, order=n) for n, code in enumerate(cpv))
    Clause.objects.bulk_create(
        Clause(notice=notice, **clause | {"kind_id": kinds[clause["kind_id"]]}) for clause in clauses
    )
    return notice


def _buyer(authority_id, unit_id):
    authority = ContractingAuthority.objects.with_institution().get(pk=authority_id)
    return authority, OrderingUnit.objects.get(pk=unit_id, authority=authority) if unit_id else None
