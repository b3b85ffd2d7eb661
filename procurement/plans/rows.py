"""Rows of the tables of a plan."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch

from procurement.choices import Band, UpdateKind
from procurement.models import PlanItem, PlanItemCpv
from procurement.models.postings import posting_address
from procurement.opening import opening_words
from procurement.plans import words
from procurement.plans.differences import lines
from procurement.plans.rules_told import Told

TABLES = (
    (Band.NATIONAL, "Zamówienia o wartości mniejszej niż progi unijne"),
    (Band.EU, "Zamówienia o wartości równej progom unijnym lub większej"),
    (Band.BELOW, "Zamówienia poniżej progu stosowania ustawy"),
    ("", "Pozycje, których progu nie można ustalić"),
)
LABELS = {UpdateKind.ADDED: "dodano", UpdateKind.CHANGED: "zmieniono", UpdateKind.DROPPED: "rezygnacja"}
BADGES = {UpdateKind.ADDED: "good", UpdateKind.CHANGED: "warn", UpdateKind.DROPPED: "bad"}


@dataclass(slots=True)
class Row:
    position: int
    number: str
    subject: str
    url: str
    nature: str
    mode: str
    value: str
    value_words: str
    opening: str
    parts: int | None
    remarks: str
    band: str
    is_social: bool
    update: str
    badge: str
    is_dropped: bool
    judged: str
    is_unchecked: bool
    cpv: list = field(default_factory=list)
    clauses: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    # What the law asks for and is not there, and what does not go together: for whoever writes the plan.
    warnings: list = field(default_factory=list)


def items(**of):
    """PlanItems with all that a row shows. Three queries."""
    return (
        PlanItem.objects.filter(**of)
        .select_related("position", "mode", "judged_by", "version__plan")
        .prefetch_related(
            Prefetch("cpv_links", PlanItemCpv.objects.select_related("code").order_by("order", "pk")), "clauses__kind"
        )
        .order_by("order", "pk")
    )


def rows(found):
    told = Told()
    return [_row(item, told) for item in found]


def tables(found):
    """[(title, rows)] of the tables of a plan that are not empty."""
    by_band = {}
    for row in found:
        by_band.setdefault(row.band, []).append(row)
    return [(title, by_band[band]) for band, title in TABLES if band in by_band]


def _row(item, told):
    day = item.opens_on or date(item.version.plan.year, 1, 1)
    return Row(
        position=item.position_id,
        number=item.position.number,
        subject=item.subject,
        url=posting_address(item.position_id, item.subject),
        nature=words.nature(item.nature),
        mode=item.mode.label if item.mode else "",
        value=words.value(item.value, item.is_approximate),
        value_words=item.value_words,
        opening=opening_words(item.opens_on, item.opens_precision),
        parts=item.parts,
        remarks=item.remarks,
        band=item.band,
        is_social=item.is_social,
        update=LABELS.get(item.update_kind, ""),
        badge=BADGES.get(item.update_kind, ""),
        is_dropped=item.update_kind == UpdateKind.DROPPED,
        judged=told.words(item.judged_by),
        is_unchecked=not told.is_checked(item.judged_by, day),
        cpv=[link.code for link in item.cpv_links.all()],
        clauses=[str(clause.kind) for clause in item.clauses.all()],
        changes=lines(item.changes),
        warnings=_warnings(item),
    )


_OBLIGATORY = (
    ("nature", "Brakuje rodzaju zamówienia (art. 23 ust. 3 pkt 2 PZP)."),
    ("mode_id", "Brakuje trybu albo procedury (art. 23 ust. 3 pkt 3 PZP)."),
    ("value", "Brakuje orientacyjnej wartości (art. 23 ust. 3 pkt 4 PZP)."),
    ("opens_on", "Brakuje terminu wszczęcia (art. 23 ust. 3 pkt 5 PZP)."),
)


def _warnings(item):
    if item.update_kind == UpdateKind.DROPPED:
        return []
    said = [sentence for name, sentence in _OBLIGATORY if not getattr(item, name)]
    if item.mode and item.band and item.band not in item.mode.bands:
        meant = " albo ".join(Band(band).label for band in item.mode.bands)
        said.append(f"Tryb „{item.mode.label}” jest w słowniku dla zamówień: {meant}. Sprawdź tryb albo wartość.")
    year = item.version.plan.year
    if item.opens_on and item.opens_on.year != year:
        said.append(f"Termin wszczęcia jest w innym roku niż plan ({year}).")
    return said
