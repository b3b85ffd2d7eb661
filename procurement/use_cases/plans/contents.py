"""The positions of a version as plain values, read and written together."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from procurement.choices import UpdateKind
from procurement.models import Clause, PlanItem, PlanItemCpv, PlanPosition, Posting
from procurement.plans.differences import mark
from procurement.plans.words import Names
from procurement.use_cases.plans.judging import Judge
from procurement.use_cases.plans.numbering import Numbers

PLAIN = (
    "subject", "nature", "is_social", "mode_id", "value", "value_words", "is_approximate", "opens_on",
    "opens_precision", "parts", "remarks", "update_kind",
)  # fmt: skip
CLAUSE = ("kind_id", "groups", "people", "months", "percent", "weight", "activities", "label", "control", "note")
_BATCH = 500


@dataclass(slots=True)
class Content:
    """One position as one version has it. `position_id` is None before it was ever written."""

    subject: str
    position_id: int | None = None
    number: str = ""
    nature: str = ""
    is_social: bool = False
    mode_id: int | None = None
    value: Decimal | None = None
    value_words: str = ""
    is_approximate: bool = False
    opens_on: date | None = None
    opens_precision: str = ""
    parts: int | None = None
    remarks: str = ""
    update_kind: str = ""
    cpv: list = field(default_factory=list)
    clauses: list = field(default_factory=list)

    @property
    def is_dropped(self):
        return self.update_kind == UpdateKind.DROPPED

    def with_values(self, **values):
        return replace(self, **values)


def read(version):
    """[Content] of a version in its order; none of no version. Three queries."""
    if version is None:
        return []
    cpv, clauses = {}, {}
    for item, code in PlanItemCpv.objects.filter(item__version=version).values_list("item_id", "code_id"):
        cpv.setdefault(item, []).append(code)
    for row in Clause.objects.filter(item__version=version).values("item_id", *CLAUSE):
        clauses.setdefault(row.pop("item_id"), []).append(row)
    rows = version.items.values("pk", "position_id", "position__number", *PLAIN).order_by("order", "pk")
    return [
        Content(
            number=row.pop("position__number"),
            cpv=cpv.get(row["pk"], []),
            clauses=clauses.get(row.pop("pk"), []),
            **row,
        )
        for row in rows
    ]


def write(version, contents, *, base, progress=None):
    """Make these the positions of a draft, in this order, marked against the published version `base` and judged.

    In the caller's transaction. Positions that no version and no notice knows any more are forgotten.
    """
    PlanItem.objects.filter(version=version).delete()
    add(version, contents, base=base, progress=progress)
    forget_orphans(version.plan)


def add(version, contents, *, base, first=0, progress=None):
    """Write these behind what is there; `first` is the order of the first of them."""
    _number(version.plan, contents)
    names, judge = Names(), Judge(version.plan)
    before = {one.position_id: one for one in read(base)}
    for start in range(0, len(contents), _BATCH):
        chunk = contents[start : start + _BATCH]
        items = []
        for order, content in enumerate(chunk, first + start):
            kind, changed = mark(content, before.get(content.position_id), is_first=base is None, names=names)
            values = {name: getattr(content, name) for name in PLAIN} | {"update_kind": kind, "changes": changed}
            values |= judge(content) | {"position_id": content.position_id, "order": order}
            items.append(PlanItem(version=version, **values))
        write_links(PlanItem.objects.bulk_create(items), chunk)
        if progress:
            progress(start + len(chunk), len(contents))


def settle(version, *, base):
    """Mark and judge the positions of a draft anew, as the rules and the published version are now."""
    names, judge = Names(), Judge(version.plan)
    before = {one.position_id: one for one in read(base)}
    items, changed = {item.position_id: item for item in version.items.select_related("judged_by")}, []
    for content in read(version):
        item = items[content.position_id]
        kind, said = mark(content, before.get(content.position_id), is_first=base is None, names=names)
        wanted = {"update_kind": kind, "changes": said} | judge(content)
        if any(getattr(item, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(item, name, value)
            changed.append(item)
    PlanItem.objects.bulk_update(changed, ["update_kind", "changes", "band", "judged_by"], batch_size=_BATCH)


def write_links(items, chunk):
    pairs = list(zip(items, chunk, strict=True))
    PlanItemCpv.objects.bulk_create(
        PlanItemCpv(item=item, code_id=code, order=order)
        for item, content in pairs
        for order, code in enumerate(content.cpv)
    )
    Clause.objects.bulk_create(Clause(item=item, **clause) for item, content in pairs for clause in content.clauses)


def _number(plan, contents):
    """A posting and a position for each content that has none yet."""
    new = [content for content in contents if content.position_id is None]
    if not new:
        return
    numbers = Numbers(plan)
    for content in new:
        content.number = numbers.free(content)
    postings = Posting.objects.bulk_create([Posting() for _ in new], batch_size=_BATCH)
    for content, posting in zip(new, postings, strict=True):
        content.position_id = posting.pk
    PlanPosition.objects.bulk_create(
        [PlanPosition(posting_id=one.position_id, plan=plan, number=one.number) for one in new], batch_size=_BATCH
    )


def forget_orphans(plan):
    """Delete positions that were only ever in a draft and are not there any more."""
    gone = PlanPosition.objects.filter(plan=plan, items=None, notices=None)
    Posting.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).delete()
