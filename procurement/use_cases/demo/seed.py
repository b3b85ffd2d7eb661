"""Believable plans and notices around the day of inventing, beside real ones of years gone by."""

from datetime import timedelta
from random import Random

from django.db import transaction

from procurement.choices import NoticeKind, NoticeState
from procurement.models import Plan, Posting
from procurement.use_cases import entries, telling
from procurement.use_cases.demo.material import Material
from procurement.use_cases.demo.notices import NoticeWriter
from procurement.use_cases.demo.office import given, write_authority
from procurement.use_cases.demo.plans import PlanWriter, stable_ocid
from procurement.use_cases.demo.real import write_real
from registry.models import Institution

S, K = NoticeState, NoticeKind
# Requests that no plan names: days from today on which they were or are to be announced, state, kind.
UNPLANNED = [
    (-150, None, K.REQUEST),
    (-90, None, K.REQUEST),
    (-45, None, K.REQUEST),
    (-3, S.PUBLISHED, K.REQUEST),
    (-1, S.PUBLISHED, K.CONSULTATION),
    (-12, S.WITHDRAWN, K.REQUEST),
    (5, S.SCHEDULED, K.REQUEST),
    (9, S.DRAFT, K.REQUEST),
    (-20, S.PUBLISHED, K.PRIOR),
]


def seed_procurement(*, seed, now):
    """For core.demo.provide."""
    plans, notices = seed_orders(seed=seed, now=now)
    return f"Zamówienia: {plans} nowych planów i {notices} ogłoszeń, w nich prawdziwe z lat 2016–2026 i wymyślone."


@transaction.atomic
def seed_orders(*, seed, now):
    """Write real plans and notices and invented ones; returns how many plans and notices are new.

    The same seed on the same day gives the same rows. A plan that stands already is left alone with its notices.
    """
    before = Plan.objects.count(), Posting.objects.filter(notice__isnull=False).count()
    known = set(Posting.objects.values_list("pk", flat=True))
    write_real(now)
    if Institution.objects.filter(nip__startswith="000").exists():
        material = Material(now)
        for place, row in enumerate(given()["authorities"]):
            authority = write_authority(row, now=now)
            for unit in (None, *authority.ordering_units.order_by("pk")):
                _plans(material, authority, unit, row, seed, place)
            _unplanned(material, authority, row, seed)
    written = list(Posting.objects.exclude(pk__in=known).values_list("pk", flat=True))
    entries.refresh(written, now=now)
    # What is to be told is told by the worker, as it would have been.
    telling.announced(written, now=now)
    after = Plan.objects.count(), Posting.objects.filter(notice__isnull=False).count()
    return after[0] - before[0], after[1] - before[1]


def _plans(material, authority, unit, row, seed, place):
    """Plans of the years around today. Of the coming year every third one is public already, the others are drafts."""
    this_year = material.today.year
    for year in (this_year + away for away in given()["years"]):
        if Plan.objects.filter(authority=authority, unit=unit, year=year).exists():
            continue
        key = f"{seed}/{row['number']}/{unit.name if unit else ''}/{year}"
        random = Random(key)  # noqa: S311
        size = row["size"] if unit is None else max(row["size"] // 2, 5)
        writer = PlanWriter(material, authority, unit, year, size, random)
        lines = writer.write(key=key, is_draft=year > this_year and place % 3 != 0)
        notices = NoticeWriter(material, authority, random)
        for line in lines:
            _announce(notices, line, unit, key, this_year)
        if place == 0 and unit is None and year == this_year:
            writer.start_change()


def _announce(notices, line, unit, key, this_year):
    """The notice to a position, when its time has come and the office is no later than usual."""
    random, today = notices.random, notices.material.today
    day = line.opens_on + timedelta(days=random.randrange(5, 80))
    if line.opens_on.year > this_year or day > today or random.random() > 0.8:
        return
    value = line.value
    notices.write(line.order, ocid=line.position.posting.ocid, day=day, unit=unit, position=line.position, value=value)


def _unplanned(material, authority, row, seed):
    for number, (away, state, kind) in enumerate(UNPLANNED):
        key = f"{seed}/{row['number']}/bez-planu/{number}"
        ocid = stable_ocid(key)
        if Posting.objects.filter(ocid=ocid).exists():
            continue
        random = Random(key)  # noqa: S311
        small = [one for one in material.orders if one.category and one.low < 60_000]
        order = random.choice(small)
        value = min(order.value(random), 120_000)
        day = material.today + timedelta(days=away)
        NoticeWriter(material, authority, random).write(order, ocid=ocid, day=day, value=value, state=state, kind=kind)
