"""A believable region of any size, written straight into the tables: the same number gives the same rows."""

import csv
import tomllib
from datetime import date, datetime, timedelta
from random import Random

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from core.polish import sort_key
from registry.models import CpvCode, Municipality
from registry.use_cases import catalogue
from registry.use_cases.catalogue.writing import array

DEMO = settings.BASE_DIR / "data" / "demo"
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.get_default_timezone())
TABLES = (
    "registry_institution registry_unit registry_organisation registry_offer registry_offercpv registry_offermark "
    "registry_socialenterprisestatus"
).split()
_BATCH = 5000


def fill(size):
    """Make `size` published organisations with about three offers each, and their entries in the catalogue."""
    invent = _Inventor(Random(size))  # noqa: S311 - the same rows each time are wanted
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            # History of invented rows would only take time and room.
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for start in range(1, size + 1, _BATCH):
            rows = {table: [] for table in TABLES}
            for number in range(start, min(start + _BATCH, size + 1)):
                invent.organisation(number, rows)
            for table in TABLES:
                _copy(cursor, table, rows[table])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(f"SELECT setval('{table}_id_seq', (SELECT coalesce(max(id), 1) FROM {table}))")  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def fill_catalogue():
    """The entries of everything that `fill` made."""
    catalogue.rebuild(now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


class _Inventor:
    def __init__(self, random):
        self.random = random
        self.names = tomllib.loads((DEMO / "names.toml").read_text("utf-8"))
        with (DEMO / "offers.csv").open(encoding="utf-8", newline="") as lines:
            self.offers = list(csv.DictReader(lines))
        self.weights = [kind["weight"] for kind in self.names["kinds"]]
        self.municipalities = list(
            Municipality.objects.order_by("teryt").values_list("teryt", "name", "latitude", "longitude")
        )
        # Labels of CPV are the widest stock of Polish trade words at hand; few of them come often, most seldom.
        self.phrases = list(CpvCode.objects.order_by("code8").values_list("label_pl", flat=True))
        self.random.shuffle(self.phrases)
        self.offer_ids = 0

    def organisation(self, number, rows):
        random = self.random
        kind = random.choices(self.names["kinds"], self.weights)[0]
        title = f"{random.choice(self.names['first'])} {random.choice(self.names['second'])}"
        teryt, town, latitude, longitude = self._municipality()
        name = kind["pattern"].format(name=f"{title} {number}" if random.random() < 0.3 else title)
        if random.random() < 0.5:
            name = f"{name} {town}"
        when = NOW - timedelta(days=random.randrange(1000), seconds=random.randrange(86400))
        is_unit = "operator" in kind
        holder = kind["operator"].format(name=title) if is_unit else name
        party = {
            "id": number,
            "short_name": "",
            "street": random.choice(self.names["streets"]),
            "house_number": str(random.randrange(1, 99)),
            "flat_number": "",
            "postal_code": f"5{random.randrange(10)}-{random.randrange(100, 960)}",
            "post_office": town,
            "town": town,
            "municipality_id": teryt,
            "county_id": teryt[:4],
            "phone": f"+4871{random.randrange(10**7):07d}",
            "phone_other": "",
            "email": f"biuro@podmiot-{number}.example",
            "www": f"https://www.podmiot-{number}.example/",
            "created_at": when,
            "updated_at": when,
        }
        rows["registry_institution"].append(
            party
            | {
                "name": holder,
                "sort_key": sort_key(holder)[:420],
                "legal_form_id": kind["form"],
                "nip": f"{number:010d}",
                "regon": f"{number:09d}",
                "krs": f"{number:010d}",
                "other_register": "",
                "other_register_number": "",
                "ade": "",
                "is_opp": kind["code"] == "ngo" and random.random() < 0.3,
                "is_zpch": False,
                "has_ct9_status": False,
            }
        )
        if is_unit:
            rows["registry_unit"].append(
                party
                | {
                    "operator_id": number,
                    "name": name,
                    "sort_key": sort_key(name)[:420],
                    "regon": "",
                    "register_number": "",
                }
            )
        elif random.random() < 0.28:
            rows["registry_socialenterprisestatus"].append(
                {
                    "institution_id": number,
                    "decision_number": f"PS.{number}",
                    "authority": "Wojewoda",
                    "goal": "reintegracja",
                    "granted_on": TODAY - timedelta(days=random.randrange(10, 1000)),
                    "loss_reason": "",
                }
            )
        verified = TODAY - timedelta(days=int(random.triangular(0, 900, 60))) if random.random() < 0.85 else None
        age = (TODAY - verified).days if verified else 0
        rows["registry_organisation"].append(
            {
                "id": number,
                "institution_id": number,
                "unit_id": number if is_unit else None,
                "kind_id": kind["code"],
                "slug": f"podmiot-{number}",
                "description": self._description(),
                "mission": "",
                "contact_person": "",
                "opening_hours": "",
                "social_media": "{}",
                "serves": array(random.choice(([teryt[:4]], [teryt[:4]], [teryt], ["02"], ["PL"]))),
                "target_groups": "{}",
                "employees": "",
                "art94_declared": random.random() < 0.05,
                "accessibility": "",
                "other_marks": "",
                "support_centre": "",
                "latitude": latitude and latitude + random.uniform(-0.04, 0.04),
                "longitude": longitude and longitude + random.uniform(-0.06, 0.06),
                "activity": "aktywny" if age < 365 else "do-potwierdzenia" if age < 730 else "nieaktywny",
                "verified_on": verified,
                "verified_by": "koordynator" if verified else "",
                "verified_fields": "{}",
                "published_at": when,
                "created_at": when,
                "updated_at": when,
            }
        )
        for offer in random.sample(self.offers, random.choice((1, 2, 3, 3, 4, 5))):
            self._offer(number, offer, when, rows)

    def _offer(self, number, offer, when, rows):
        self.offer_ids += 1
        rows["registry_offer"].append(
            {
                "id": self.offer_ids,
                "organisation_id": number,
                "category_id": offer["category"],
                "name": offer["name"],
                "description": f"{offer['description']} {self._phrase()}.",
                "capacity": offer["capacity"],
                "serves": "{}",
                "position": 0,
                "confirmed_at": when,
                "created_at": when,
                "updated_at": when,
            }
        )
        rows["registry_offercpv"].append({"offer_id": self.offer_ids, "code_id": offer["cpv"][:8]})
        if self.random.random() < 0.04:
            granted = TODAY - timedelta(days=self.random.randrange(300))
            rows["registry_offermark"].append(
                {
                    "offer_id": self.offer_ids,
                    "number": f"ZP/2026/{self.offer_ids}",
                    "granted_on": granted,
                    "valid_until": granted + timedelta(days=364),
                    "state": "wazny",
                }
            )

    def _municipality(self):
        # Towns have many, most municipalities few.
        return self.municipalities[int(len(self.municipalities) * self.random.random() ** 1.6)]

    def _phrase(self):
        return self.phrases[int(len(self.phrases) * self.random.random() ** 3)].lower()

    def _description(self):
        phrases = ", ".join(self._phrase() for _ in range(self.random.randrange(2, 6)))
        return f"Zatrudniamy osoby, którym trudno o pracę. Zajmujemy się tym, co umiemy: {phrases}."


def _copy(cursor, table, rows):
    if rows:
        columns = ", ".join(rows[0])
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as stream:
            for row in rows:
                stream.write_row(tuple(row.values()))
