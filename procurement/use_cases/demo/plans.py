"""Plans of a unit and a year, in the versions that a year brings."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings

from core.templatetags.portal import money
from procurement.choices import Band, Nature, OpeningPrecision, PlanState, UpdateKind, VersionSource
from procurement.models import Clause, Plan, PlanItem, PlanItemCpv, PlanPosition, PlanVersion, Posting
from procurement.use_cases.demo.clauses import clause
from procurement.use_cases.demo.material import Order, at
from procurement.use_cases.demo.office import given

TABLES = {Band.NATIONAL: 1, Band.EU: 2, Band.BELOW: 3}
# Days of the year on which plans are changed, and how many days after the budget they are published.
CHANGED_ON, DAYS_TO_PUBLISH = ((4, 20), (9, 8)), 18


@dataclass
class Line:
    """A position on its way through the versions of a plan."""

    order: Order
    value: Decimal
    opens_on: date
    precision: str
    position: PlanPosition = None
    kind: str = ""
    changes: dict = field(default_factory=dict)


def stable_ocid(*parts):
    """The same contracting process each time that the demo begins anew."""
    return f"{settings.OCDS_PREFIX}-{uuid.uuid5(uuid.NAMESPACE_URL, '/'.join(map(str, parts)))}"


class PlanWriter:
    def __init__(self, material, authority, unit, year, size, random):
        self.material, self.random, self.year = material, random, year
        self.group = authority.group
        self.plan = Plan(authority=authority, unit=unit, year=year, created_at=material.now)
        self.lines = [self._invented(order) for order in random.sample(material.orders, size)]
        self.written = 0

    def write(self, *, key, is_draft):
        """Returns the Lines of what is public, none of a draft."""
        self.key = key
        self.plan.budget_on = self._budget_day()
        if self.year <= self.material.today.year and self.random.random() < 0.7:
            self.plan.bzp_number = f"{self.year}/BZP {self.random.randrange(10**5, 10**6):08}/01/P"
        self.plan.save()
        published = at(self.plan.budget_on + timedelta(days=DAYS_TO_PUBLISH))
        self._version(published=None if is_draft else min(published, self.material.now))
        if not is_draft:
            for month, day in CHANGED_ON[: self.random.choice((1, 1, 2))]:
                moment = at(date(self.year, month, day))
                if moment < self.material.now:
                    self._change()
                    self._version(published=moment, note=self.random.choice(given()["changed_because"]))
        return [] if is_draft else [line for line in self.lines if line.kind != UpdateKind.DROPPED]

    def start_change(self):
        """A version that an officer has begun and not published."""
        self._change()
        self._version(published=None, note="w przygotowaniu")

    def _budget_day(self):
        usual = date(self.year - 1, 12, 10) + timedelta(days=self.random.randrange(18))
        return min(usual, self.material.today - timedelta(days=self.random.randrange(3, 26)))

    def _invented(self, order):
        month = self.random.choice((1, 2, 3, 4, 5, 6, 7, 9, 10))
        precision = self.random.choice((OpeningPrecision.QUARTER, OpeningPrecision.QUARTER, OpeningPrecision.MONTH))
        if precision == OpeningPrecision.QUARTER:
            month = (month - 1) // 3 * 3 + 1
        return Line(order, order.value(self.random), date(self.year, month, 1), precision)

    def _change(self):
        """One position dropped, one or two changed, one added."""
        self.lines = [line for line in self.lines if line.kind != UpdateKind.DROPPED]
        for line in self.lines:
            line.kind, line.changes = "", {}
        dropped, *changed = self.random.sample(self.lines, 3)
        dropped.kind = UpdateKind.DROPPED
        for line in changed:
            before, line.value = (
                line.value,
                (line.value * Decimal(self.random.choice(("0.8", "1.15", "1.3")))).quantize(1),
            )
            line.kind, line.changes = UpdateKind.CHANGED, {"value": [money(before), money(line.value)]}
        known = {line.order.subject for line in self.lines}
        fresh = self._invented(self.random.choice([one for one in self.material.orders if one.subject not in known]))
        fresh.kind = UpdateKind.ADDED
        self.lines.append(fresh)

    def _version(self, *, published, note=""):
        self.written += 1
        version = PlanVersion.objects.create(
            plan=self.plan,
            number=self.written,
            source=VersionSource.FORM if self.written > 1 else VersionSource.IMPORT,
            note=note,
            created_at=published or self.material.now,
        )
        for line in self.lines:
            if line.position is None:
                line.position = self._position(line)
        items = PlanItem.objects.bulk_create(self._item(version, line, place) for place, line in enumerate(self.lines))
        self._hang(items)
        if published:
            version.state, version.published_at = PlanState.PUBLISHED, published
            version.save()
            self.plan.current = version
            self.plan.save()

    def _position(self, line):
        band = self._judged(line).band
        table, kind = TABLES.get(band, 1), list(Nature.values).index(line.order.nature) + 1
        taken = self.plan.positions.filter(number__startswith=f"{table}.{kind}.").count()
        number = f"{table}.{kind}.{taken + 1}"
        posting = Posting.objects.create(ocid=stable_ocid(self.key, number))
        return PlanPosition.objects.create(posting=posting, plan=self.plan, number=number)

    def _judged(self, line):
        return self.material.judge(line.order, line.value, date(self.year, 1, 1), self.group)

    def _item(self, version, line, place):
        judged = self._judged(line)
        return PlanItem(
            version=version,
            position=line.position,
            subject=line.order.subject,
            nature=line.order.nature,
            is_social=line.order.is_social,
            mode=self.material.mode(line.order, judged.band, self.random),
            value=line.value,
            is_approximate=line.value % 1000 == 0,
            opens_on=line.opens_on,
            opens_precision=line.precision,
            remarks=self.random.choice(given()["remarks"]) if line.order.clauses else "",
            band=judged.band,
            judged_by=judged.rule,
            update_kind=line.kind,
            changes=line.changes,
            order=place,
        )

    def _hang(self, items):
        """Codes of CPV, and the clause that the authority means to use."""
        PlanItemCpv.objects.bulk_create(
            PlanItemCpv(item=item, code_id=code, order=order)
            for item, line in zip(items, self.lines, strict=True)
            for order, code in enumerate(line.order.cpv)
        )
        Clause.objects.bulk_create(
            clause(self.material, line.order.clauses[0], self.random, item=item)
            for item, line in zip(items, self.lines, strict=True)
            if line.order.clauses and line.position.pk % 3
        )
