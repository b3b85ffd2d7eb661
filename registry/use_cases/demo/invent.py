"""Inventing believable organisations: pure functions of a random generator, no database.

Identifiers belong to nobody: NIP begins with 000 (no tax office), KRS with 0999 (not issued), phones with 71 000,
mail and pages end in .example (RFC 2606).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.text import slugify

from registry.choices import EmployeesBand, SocialGoal, TargetGroup

OPENINGS = (
    "Robimy to, co umiemy: {offers}. Pracę znajdują u nas {groups}.",
    "Nasza oferta to {offers}. Zatrudniamy i szkolimy; są wśród nas {groups}.",
    "Zespół, w którym pracują {groups}. Wykonujemy: {offers}.",
    "Dla mieszkańców, firm i urzędów: {offers}. Zysk przeznaczamy na miejsca pracy, z których korzystają {groups}.",
    "Zaczęliśmy od jednego zlecenia, dziś robimy więcej: {offers}. W pracy wspieramy się wzajemnie; to {groups}.",
)
# Towns have more organisations than villages: weights by the last digit of TERYT, counties that are cities apart.
CITY_WEIGHT, TOWN_WEIGHTS = 18, {"1": 5, "3": 2, "2": 1}
NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)


@dataclass
class Invented:
    """One organisation. `municipality` is (teryt, name); dates are relative to the day of invention."""

    number: int
    kind: dict
    name: str
    operator: str
    municipality: tuple
    street: str
    house_number: str
    postal_code: str
    nip: str
    krs: str
    phone: str
    email: str
    www: str
    founded_year: int
    employees: str
    target_groups: list
    serves: list
    offers: list
    verified_on: date | None
    ps_from: date | None = None
    ps_goal: str = ""
    marks: list = field(default_factory=list)
    references: list = field(default_factory=list)
    started_on: date | None = None

    @property
    def description(self):
        offers = ", ".join(offer["name"][0].lower() + offer["name"][1:] for offer in self.offers)
        groups = ", ".join(TargetGroup(code).label for code in self.target_groups)
        return OPENINGS[self.number % len(OPENINGS)].format(offers=offers, groups=groups)


def nip(number):
    """A number with a right check digit that no tax office gives; skips those whose remainder is ten."""
    while True:
        digits = f"000{number % 10**6:06d}"
        control = sum(int(d) * w for d, w in zip(digits, NIP_WEIGHTS, strict=True)) % 11
        if control < 10:
            return f"{digits}{control}"
        number += 500_000


def weight(teryt):
    """How often a municipality is drawn; counties numbered from 61 are cities."""
    return CITY_WEIGHT if teryt[2:4] > "60" else TOWN_WEIGHTS[teryt[-1]]


def invent(random, *, number, today, names, offers, municipalities, region):
    """The organisation of this number; `random` is a random.Random and decides all the rest."""
    kind = random.choices(names["kinds"], [kind["weight"] for kind in names["kinds"]])[0]
    title = f"{random.choice(names['first'])} {random.choice(names['second'])}"
    if random.random() < 0.4:
        title = random.choice(names["single"])
    teryt, town = random.choices(municipalities, [weight(teryt) for teryt, _ in municipalities])[0]
    title = f"{title} {town}" if random.random() < 0.5 else title
    slug = slugify(title.translate(str.maketrans("łŁ", "lL")))
    is_unit = "operator" in kind
    chosen = random.sample(offers, random.choice((1, 2, 2, 3, 3, 4, 5)))
    started = today - timedelta(days=random.randrange(200, 6000))
    invented = Invented(
        number=number,
        kind=kind,
        name=kind["pattern"].format(name=title),
        operator=kind.get("operator", "").format(name=title),
        municipality=(teryt, town),
        street=random.choice(names["streets"]),
        house_number=str(random.randrange(1, 99)),
        postal_code=f"5{random.randrange(0, 10)}-{random.randrange(100, 960)}",
        nip=nip(number),
        krs=f"0999{number:06d}",
        phone=f"+4871000{random.randrange(10_000):04d}",
        email=f"biuro@{slug}-{number}.example",
        www=f"https://www.{slug}-{number}.example/",
        founded_year=started.year,
        employees=random.choices(EmployeesBand.values, (60, 30, 9, 1))[0],
        target_groups=sorted(random.sample(TargetGroup.values, random.choice((1, 1, 2, 3)))),
        serves=random.choice(([teryt[:4]], [teryt[:4]], [teryt], [region], ["PL"])),
        offers=chosen,
        verified_on=today - timedelta(days=int(random.triangular(0, 1000, 60))) if random.random() < 0.85 else None,
        started_on=started if is_unit else None,
    )
    _add_statuses(invented, random, today, is_unit)
    return invented


def _add_statuses(invented, random, today, is_unit):
    if not is_unit and random.random() < 0.28:
        invented.ps_from = max(date(2022, 12, 1), today - timedelta(days=random.randrange(60, 1300)))
        invented.ps_goal = random.choice(SocialGoal.values)
    if invented.kind["code"] not in {"wtz", "kis"} and random.random() < 0.12:
        granted = today - timedelta(days=random.randrange(10, 500))
        invented.marks.append((0, granted, granted + timedelta(days=364)))
    for offer in invented.offers[:2]:
        if random.random() < 0.35:
            year, value = today.year - random.randrange(0, 4), random.randrange(4, 400) * 500
            invented.references.append((offer["name"], year, value))
