"""Plans and notices that were really published, as data/samples states them: what was not printed is blank."""

import csv
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from django.conf import settings
from django.utils import timezone

from core.polish import sort_key
from procurement.choices import NoticeState, PlanState, VersionSource
from procurement.models import (
    Mode,
    Notice,
    NoticeCpv,
    Plan,
    PlanItem,
    PlanPosition,
    PlanVersion,
    Posting,
)
from procurement.use_cases.authorities import authority_of
from procurement.use_cases.demo.material import at
from procurement.use_cases.demo.plans import stable_ocid
from registry.models import Institution, Municipality

SAMPLES = settings.BASE_DIR / "data" / "samples"
NOTE = "Pozycje, które podało źródło; całego planu nie było."


def write_real(now):
    """Write those that are not there yet."""
    modes = {mode.code: mode for mode in Mode.objects.all()}
    plans = sorted(_rows("plany_postepowan.csv"), key=_plan_key)
    for (buyer, year), rows in groupby(plans, key=_plan_key):
        _write_plan(buyer, int(year), list(rows), modes, now)
    for row in _rows("zamowienia.csv"):
        _write_notice(row, modes, now)


def _rows(name):
    with (SAMPLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _plan_key(row):
    return row["buyer"], row["year"]


def _authority(row, now):
    """The buyer, found by REGON or name."""
    known = Institution.objects.living().filter(nip="")
    institution = (
        Institution.objects.living().filter(regon=row["regon"]).first() if row["regon"] else None
    ) or known.filter(name=row["buyer"]).first()
    if institution is None:
        place = Municipality.objects.filter(teryt=row.get("municipality") or None).first()
        institution = Institution.objects.create(
            name=row["buyer"],
            sort_key=sort_key(row["buyer"]),
            regon=row["regon"],
            town=row.get("town", ""),
            municipality=place,
            county_id=place and place.county_id,
        )
    return authority_of(institution, now=now)


def _write_plan(buyer, year, rows, modes, now):
    authority = _authority(rows[0], now)
    if Plan.objects.filter(authority=authority, unit=None, year=year).exists():
        return
    plan = Plan.objects.create(
        authority=authority, year=year, bzp_number=rows[0]["plan"], url=rows[0]["source"], created_at=now
    )
    version = PlanVersion.objects.create(plan=plan, number=1, source=VersionSource.IMPORT, note=NOTE, created_at=now)
    for place, row in enumerate(rows):
        position = PlanPosition.objects.create(
            posting=Posting.objects.create(ocid=stable_ocid(buyer, year, row["position"])),
            plan=plan,
            number=row["position"],
        )
        PlanItem.objects.create(
            version=version,
            position=position,
            subject=row["subject"],
            nature=row["nature"],
            mode=modes.get(row["mode"]),
            value=Decimal(row["value"]) if row["value"] else None,
            value_words=row["value_words"],
            is_approximate=row["approximate"] == "1",
            opens_on=date.fromisoformat(row["opens_on"]) if row["opens_on"] else None,
            opens_precision=row["opens_precision"],
            remarks=row["remarks"],
            order=place,
        )
    version.state, version.published_at = PlanState.PUBLISHED, now
    version.save()
    plan.current = version
    plan.save()


def _write_notice(row, modes, now):
    ocid = row["procedure_id"] or stable_ocid(row["source"])
    if Posting.objects.filter(ocid=ocid, notice__isnull=False).exists():
        return
    authority, moment = _authority(row, now), at(date.fromisoformat(row["published"]))
    position = PlanPosition.objects.filter(
        plan__authority=authority, plan__bzp_number=row["plan"], number=row["position"]
    ).first()
    place = authority.institution
    notice = Notice.objects.create(
        posting=Posting.objects.create(ocid=ocid),
        authority=authority,
        position=position if row["position"] else None,
        kind=row["kind"],
        state=NoticeState.PUBLISHED,
        subject=row["subject"],
        nature=row["nature"],
        is_social=row["is_social"] == "1",
        mode=modes.get(row["mode"]),
        bzp_number=row["bzp_number"],
        procedure_id=row["procedure_id"],
        signature=row["signature"],
        url=row["source"],
        deadline_at=timezone.make_aware(datetime.fromisoformat(row["deadline"])) if row["deadline"] else None,
        municipality_id=place.municipality_id,
        county_id=place.county_id,
        published_at=moment,
        created_at=moment,
        changed_at=moment,
    )
    NoticeCpv.objects.bulk_create(
        NoticeCpv(notice=notice, code_id=code, order=place) for place, code in enumerate(row["cpv"].split())
    )
