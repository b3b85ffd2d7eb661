"""Postings as orders: what each asks for, read for many at once, only of what visitors see."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from procurement.choices import NoticeState, UpdateKind
from procurement.matching.asked import RESERVED
from procurement.matching.needs import Need
from procurement.models import Clause, Notice, PlanItem
from procurement.models.postings import posting_address
from procurement.opening import opening_words
from registry import labels

# While it stands, a notice is what a supplier answers, and not the position of the plan that it came from.
_STANDING = Notice.objects.filter(state__in=(NoticeState.PUBLISHED, NoticeState.CONCLUDED))


@dataclass(frozen=True)
class Order:
    """A posting for people: `need` is what is matched; `deadline` is of a notice. Of an item of a plan are `year`, the
    last one in which it may begin, `opening` in words, and whether a notice came of it, which then speaks for it."""

    posting_id: int
    need: Need
    subject: str
    buyer: str
    authority_id: int
    unit_id: int | None
    is_notice: bool
    deadline: datetime | None = None
    year: int = 0
    opening: str = ""
    is_announced: bool = False
    value: object = None

    @property
    def url(self):
        return posting_address(self.posting_id, self.subject)

    def is_open(self, now):
        """Whether a supplier can still do something about it; a plan is open until its year is over."""
        if self.is_notice:
            return self.deadline is None or self.deadline > now
        return not self.is_announced and self.year >= timezone.localdate(now).year


def orders_of(posting_ids):
    """{posting id: Order} of those that are public and neither over nor dropped. Seven queries, however many."""
    items = (
        PlanItem.objects.filter(position__in=posting_ids, version=F("version__plan__current"))
        .exclude(update_kind=UpdateKind.DROPPED)
        .annotate(is_announced=Exists(_STANDING.filter(position=OuterRef("position"))))
        .select_related("version__plan__authority__institution", "version__plan__unit")
        .prefetch_related("cpv_links__code")
    )
    notices = (
        Notice.objects.filter(pk__in=posting_ids, state=NoticeState.PUBLISHED)
        .select_related("authority__institution", "unit")
        .prefetch_related("cpv_links__code")
    )
    items, notices = list(items), list(notices)
    clauses, names = _clauses(items, notices), _names(items, notices)
    found = {item.position_id: _of_item(item, clauses.get(("item", item.pk), ()), names) for item in items}
    # A notice says more than the position of the plan that it came from.
    return found | {one.pk: _of_notice(one, clauses.get(("notice", one.pk), ()), names) for one in notices}


def order_of(posting_id):
    return orders_of([posting_id]).get(posting_id)


def _clauses(items, notices):
    """{("item" | "notice", id): [Clause]}."""
    found = {}
    rows = Clause.objects.select_related("kind")
    of_items, of_notices = rows.filter(item__in=items), rows.filter(notice__in=notices)
    for clause in [*(of_items if items else ()), *(of_notices if notices else ())]:
        key = ("item", clause.item_id) if clause.item_id else ("notice", clause.notice_id)
        found.setdefault(key, []).append(clause)
    return found


def _names(items, notices):
    """A function from the TERYT code of their place to its name."""
    areas = {_seat(item) for item in items} | {_place(notice) for notice in notices}
    if not any(areas):
        return lambda code: ""
    return labels.read(counties=sorted({area[:4] for area in areas if area}), codes=sorted(areas)).area_words


def _seat(item):
    return item.version.plan.authority.institution.county_id or ""


def _place(notice):
    return notice.municipality_id or notice.county_id or ""


def _need(subject, description, links, clauses, area, names, value):
    codes = [link.code for link in links]
    return Need(
        text=subject,
        description=description,
        cpv=tuple(code.pk for code in codes),
        cpv_words=" ".join(code.label_pl for code in codes),
        area=area,
        area_words=names(area),
        reserved=any(clause.kind.article == RESERVED for clause in clauses),
        groups=tuple(sorted({group for clause in clauses for group in clause.groups})),
        value=value,
    )


def _of_item(item, clauses, names):
    plan = item.version.plan
    return Order(
        posting_id=item.position_id,
        need=_need(item.subject, item.remarks, item.cpv_links.all(), clauses, _seat(item), names, item.value),
        subject=item.subject,
        buyer=f"{plan.authority}, {plan.unit}" if plan.unit else str(plan.authority),
        authority_id=plan.authority_id,
        unit_id=plan.unit_id,
        is_notice=False,
        year=max(plan.year, item.opens_on.year if item.opens_on else 0),
        is_announced=item.is_announced,
        opening=opening_words(item.opens_on, item.opens_precision),
        value=item.value,
    )


def _of_notice(notice, clauses, names):
    value = notice.value if notice.value_is_public else None
    return Order(
        posting_id=notice.pk,
        need=_need(notice.subject, notice.description, notice.cpv_links.all(), clauses, _place(notice), names, value),
        subject=notice.subject,
        buyer=f"{notice.authority}, {notice.unit}" if notice.unit else str(notice.authority),
        authority_id=notice.authority_id,
        unit_id=notice.unit_id,
        is_notice=True,
        deadline=notice.deadline_at,
        value=value,
    )
