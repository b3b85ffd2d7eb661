"""What invented plans and notices are made of, read once: subjects, rules of each day, winners of the register."""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from procurement.choices import Band
from procurement.models import ClauseKind, Mode
from procurement.rules.judging import Rules
from registry.models import Offer, OfferMark, SocialEnterpriseStatus

FILE = settings.BASE_DIR / "data" / "demo" / "orders.csv"
# More would only make the demo slower to begin.
MOST_WINNERS = 600
MODES = {
    Band.BELOW: ("zapytanie-ofertowe", "zapytanie-ofertowe", "zapytanie-ofertowe", "zlecenie-bezposrednie"),
    Band.NATIONAL: ("tryb-podstawowy-1", "tryb-podstawowy-1", "tryb-podstawowy-2"),
    Band.EU: ("przetarg-nieograniczony",),
}
SOCIAL_MODE = "zamowienie-spoleczne"


@dataclass(frozen=True)
class Order:
    """A subject that an authority may buy; `category` of an offer that makes it, empty for what nobody here makes."""

    subject: str
    nature: str
    is_social: bool
    cpv: tuple
    category: str
    low: int
    high: int
    clauses: tuple

    def value(self, random):
        return Decimal(round(random.triangular(self.low, self.high, self.low * 1.6), -2))


@dataclass(frozen=True)
class Winner:
    institution_id: int
    name: str
    nip: str
    statuses: tuple
    marks: tuple

    def was_ps(self, day):
        return any(status.is_active_on(day) for status in self.statuses)

    def had_mark(self, day):
        return any(mark.is_valid_on(day) for mark in self.marks)


@dataclass
class Material:
    now: datetime
    orders: list = field(default_factory=lambda: read_orders())
    modes: dict = field(default_factory=lambda: {mode.code: mode for mode in Mode.objects.all()})
    kinds: dict = field(default_factory=lambda: {kind.code: kind for kind in ClauseKind.objects.all()})
    winners: dict = field(default_factory=lambda: read_winners())
    rules: dict = field(default_factory=dict)

    @property
    def today(self):
        return timezone.localdate(self.now)

    def judge(self, order, value, day, group):
        if day not in self.rules:
            self.rules[day] = Rules(day)
        return self.rules[day].judge(value=value, nature=order.nature, group=group, is_social=order.is_social)

    def mode(self, order, band, random):
        """The Mode that such an order is given by; None when nobody knows its band."""
        codes = [SOCIAL_MODE] if order.is_social and band != Band.BELOW and band else MODES.get(band, ())
        return self.modes.get(random.choice(codes)) if codes else None


def read_orders():
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [
            Order(
                row["subject"],
                row["nature"],
                row["is_social"] == "1",
                tuple(row["cpv"].split()),
                row["category"],
                int(row["low"]),
                int(row["high"]),
                tuple(row["clauses"].split()),
            )
            for row in csv.DictReader(lines)
        ]


def read_winners():
    """{category of offers: [Winner]} of the invented organisations, in the order of their numbers."""
    statuses, marks = defaultdict(tuple), defaultdict(tuple)
    for status in SocialEnterpriseStatus.objects.order_by("pk"):
        statuses[status.institution_id] += (status,)
    for mark in OfferMark.objects.select_related("offer__organisation").order_by("pk"):
        marks[mark.offer.organisation.institution_id] += (mark,)
    offers = (
        Offer.objects.living()
        .filter(organisation__institution__nip__startswith="000", organisation__published_at__isnull=False)
        .select_related("organisation__institution")
        .order_by("organisation__institution__nip", "pk")[:MOST_WINNERS]
    )
    found = defaultdict(list)
    for offer in offers:
        one = offer.organisation.institution
        found[offer.category_id].append(Winner(one.pk, one.name, one.nip, statuses[one.pk], marks[one.pk]))
    return found


def at(day, hour=10):
    """That hour of a day by the Polish clock."""
    return timezone.make_aware(datetime.combine(day, time(hour)))
