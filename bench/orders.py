"""Believable plans and notices in any number, straight into the tables: the same number gives the same rows."""

from datetime import datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from bench.region import NOW
from core.copying import Rows
from procurement.models import ClauseKind, Mode
from registry.models import CpvCode, Institution

AUTHORITIES, YEARS, ITEMS_A_PLAN = 500, (2023, 2024, 2025, 2026, 2027), 40
# Half of all are positions of plans, half are notices, most of these with a result.
TABLES = (
    "posting contractingauthority plan planversion planposition planitem planitemcpv notice noticecpv clause award "
    "performance"
).split()
NATURES = {"45": "roboty"} | dict.fromkeys(("50", "55", "60", "63", "64", "65", "66", "70", "71", "72", "73", "75",
    "76", "77", "79", "80", "85", "90", "92", "98"), "uslugi")  # fmt: skip
BEGINNINGS = ("", "Świadczenie usług: ", "Zakup i dostawa: ", "Kompleksowe ", "Bieżące ")


def fill(count):
    inventor = _Inventor(Random(count))  # noqa: S311 - the same rows each time are wanted
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            # History and checks of invented rows would only take time and room.
            cursor.execute(f"ALTER TABLE procurement_{table} DISABLE TRIGGER USER")
        inventor.authorities()
        for number in range(count):
            inventor.item() if number % 2 == 0 else inventor.notice()
            if number % 5_000 == 4_999:
                inventor.write(cursor)
        inventor.write(cursor)
        cursor.execute("UPDATE procurement_plan SET current_id = id")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE procurement_{table} ENABLE TRIGGER USER")
        for table in ("posting", "contractingauthority", "plan", "planversion", "planitem", "planitemcpv", "noticecpv",
                      "clause", "award", "performance"):  # fmt: skip
            cursor.execute(
                f"SELECT setval('procurement_{table}_id_seq', (SELECT coalesce(max(id), 1) FROM procurement_{table}))"  # noqa: S608
            )


class _Inventor:
    def __init__(self, random):
        self.random = random
        self.rows = {table: Rows(f"procurement_{table}") for table in TABLES}
        self.buyers = list(Institution.objects.order_by("pk").values_list("pk", flat=True)[:AUTHORITIES])
        self.winners = list(Institution.objects.order_by("-pk").values_list("pk", "name", "nip")[: 10 * AUTHORITIES])
        codes = CpvCode.objects.exclude(level="division").order_by("code8")
        self.codes = list(codes.values_list("code8", "label_pl"))
        random.shuffle(self.codes)
        self.modes = list(Mode.objects.order_by("pk").values_list("pk", flat=True))
        self.kinds = list(ClauseKind.objects.order_by("position").values_list("pk", flat=True))
        self.posting = self.order = self.award = self.clause = 0
        self.plan = None
        self.now = timezone.now()

    def write(self, cursor):
        for rows in self.rows.values():
            rows.write(cursor)

    def authorities(self):
        for number, institution in enumerate(self.buyers, 1):
            self.rows["contractingauthority"].add(
                id=number,
                institution_id=institution,
                slug=f"zamawiajacy-{number}",
                group="samorzadowy",
                created_at=NOW,
            )

    def item(self):
        random = self.random
        number = self.order % ITEMS_A_PLAN
        if number == 0:
            self._new_plan()
        pk, subject, code, nature = self._new()
        self.rows["planposition"].add(posting_id=pk, plan_id=self.plan["id"], number=f"1.3.{number + 1}")
        self.order += 1
        self.rows["planitem"].add(
            id=self.order, version_id=self.plan["id"], position_id=pk, subject=subject, nature=nature,
            is_social=False, mode_id=random.choice(self.modes), value=self._value(), value_words="",
            is_approximate=random.random() < 0.1,
            opens_on=f"{self.plan['year']}-{random.randrange(1, 13):02}-01",
            opens_precision=random.choice(("kwartal", "miesiac")), parts=None, remarks="", band="", judged_by_id=None,
            update_kind="", changes="{}", order=number,
        )  # fmt: skip
        self.rows["planitemcpv"].add(id=self.order, item_id=self.order, code_id=code, order=0)
        self._clauses(item=self.order)

    def notice(self):
        random = self.random
        pk, subject, code, nature = self._new()
        ended = random.random() < 0.85
        published = NOW - timedelta(days=random.randrange(1, 1200 if ended else 30))
        deadline = published + timedelta(days=14) if ended else self.now + timedelta(days=random.randrange(1, 40))
        value = self._value()
        self.rows["notice"].add(
            posting_id=pk, authority_id=self._buyer(), unit_id=None, position_id=None, kind="ogloszenie-o-zamowieniu",
            state="rozstrzygniete" if ended else "ogloszone", subject=subject,
            description=f"{subject}. Zamówienie obejmuje całość prac opisanych w dokumentach postępowania. " * 3,
            nature=nature, is_social=False, mode_id=random.choice(self.modes), value=value,
            value_is_public=random.random() < 0.9, price_weight=60, band="", judged_by_id=None,
            bzp_number=f"{published.year}/BZP {pk:08}/01", ted_number="", procedure_id="", bk_number="",
            signature=f"ZP.{pk}", url=f"https://zamowienia.example/{pk}", deadline_at=deadline, performed_from=None,
            performed_until=None, municipality_id=None, county_id=None, place="", contact_name="", contact_email="",
            contact_phone="", publish_at=None, published_at=published, ended_at=None, end_reason="",
            created_at=published, changed_at=published, created_by_id=None,
        )  # fmt: skip
        self.rows["noticecpv"].add(id=pk, notice_id=pk, code_id=code, order=0)
        self._clauses(notice=pk)
        if ended:
            self._award(pk, value, deadline)

    def _award(self, notice, value, deadline):
        self.award += 1
        winner, name, nip = self.random.choice(self.winners)
        decided = (deadline + timedelta(days=20)).date()
        self.rows["award"].add(
            id=self.award, notice_id=notice, part_id=None, outcome="udzielone", decided_on=decided, reason="",
            supplier_id=winner, supplier_name=name, supplier_nip=nip, was_pes=self.random.random() < 0.1, was_ps=None,
            had_mark=None, value=value, offers=3, people_planned=None, contract_on=decided, contract_until=None,
        )  # fmt: skip
        if self.random.random() < 0.2:
            self.rows["performance"].add(
                id=self.award, award_id=self.award, reported_on=decided + timedelta(days=90), people_employed=2,
                months=3, kept="tak", is_final=False, note="",
            )  # fmt: skip

    def _new_plan(self):
        number = (self.plan["id"] if self.plan else 0) + 1
        buyer, year = (number - 1) % AUTHORITIES + 1, YEARS[(number - 1) // AUTHORITIES % len(YEARS)]
        self.plan = {"id": number, "year": year}
        published = datetime(year - 1, 12, 20, 12, tzinfo=timezone.get_default_timezone()) if year < 2027 else NOW
        self.rows["plan"].add(
            id=number, authority_id=buyer, unit_id=None, year=year, budget_on=None, bzp_number="", url="",
            current_id=None, created_at=published,
        )  # fmt: skip
        self.rows["planversion"].add(
            id=number, plan_id=number, number=1, state="ogloszona", source="plik", note="", created_at=published,
            created_by_id=None, published_at=published, published_by_id=None,
        )  # fmt: skip

    def _new(self):
        self.posting += 1
        # Few things are bought often, most seldom.
        code, label = self.codes[int(len(self.codes) * self.random.random() ** 2.5)]
        digits = f"{self.posting:032x}"
        self.rows["posting"].add(
            id=self.posting,
            ocid=f"ocds-000000-{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}",
        )
        subject = f"{self.random.choice(BEGINNINGS)}{label.lower()}, zadanie {self.posting % 97}"
        return self.posting, subject[0].upper() + subject[1:], code, NATURES.get(code[:2], "dostawy")

    def _clauses(self, **of):
        # One in seven orders has a clause, some of these two.
        chosen = self.random.sample(self.kinds, 2) if self.random.random() < 0.15 else []
        for kind in chosen[: 1 if self.random.random() < 0.8 else 2]:
            self.clause += 1
            self.rows["clause"].add(
                id=self.clause, item_id=of.get("item"), notice_id=of.get("notice"), kind_id=kind, groups="{}",
                people=2, months=12, percent=None, weight=None, activities="", label="", control="", note="",
            )  # fmt: skip

    def _buyer(self):
        return int(AUTHORITIES * self.random.random() ** 1.5) + 1

    def _value(self):
        return None if self.random.random() < 0.1 else round(10 ** self.random.uniform(3.5, 6.5), 2)
