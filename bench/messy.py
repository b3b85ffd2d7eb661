"""A register as people keep it, of any size: the same number of rows gives the same file."""

import csv
import itertools
import tomllib
from random import Random

from django.conf import settings

HEADINGS = (
    "Lp.;Nazwa podmiotu;Rodzaj;NIP;REGON;Nr KRS;Ulica i nr;Kod pocztowy;Miejscowość;Gmina;Powiat;Województwo;"
    "Telefon;E-mail;Strona www;Produkty i usługi;Organ prowadzący;Data założenia;Status OPP;Status PS;Data decyzji"
).split(";")
DEMO = settings.BASE_DIR / "data" / "demo"


def write_register(path, rows, *, seed=1):
    """Write a CSV of `rows` rows, semicolons, UTF-8 with BOM. Of a hundred rows some 4 are refused, 3 repeat an
    earlier one, 6 have no identifier at all, 8 are units; most need several repairs.
    """
    random = Random(seed)  # noqa: S311 - a benchmark, not a secret
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Wykaz podmiotów ekonomii społecznej"])
        writer.writerow(HEADINGS)
        writer.writerows(itertools.islice(_rows(random), rows))


def _rows(random):
    names = tomllib.loads((DEMO / "names.toml").read_text("utf-8"))
    with (DEMO / "offers.csv").open(encoding="utf-8", newline="") as lines:
        offers = [row["name"] for row in csv.DictReader(lines)]
    counties = {row["teryt"]: row["name"] for row in _territory("counties.csv")}
    municipalities = [(row["name"], counties[row["teryt"][:4]]) for row in _territory("municipalities.csv")]
    numbers, earlier = _numbers(), []
    for position in itertools.count(1):
        if earlier and random.random() < 0.03:
            yield [str(position), *random.choice(earlier)[1:]]
            continue
        row = _row(random, position, names, offers, municipalities, numbers)
        earlier.append(row)
        del earlier[:-200]
        yield row


def _row(random, position, names, offers, municipalities, numbers):
    town, county = random.choice(municipalities)
    kind = random.choices(names["kinds"], [kind["weight"] for kind in names["kinds"]])[0]
    title = f"{random.choice(names['first'])} {random.choice(names['second'])} {_letters(random.randrange(20_000))}"
    name = kind["pattern"].format(name=title)
    operator = kind["operator"].format(name=title) if "operator" in kind else ""
    nip, regon = next(numbers)
    krs = str(100_000 + position)
    if random.random() < 0.06:
        nip = regon = krs = ""
    elif random.random() < 0.03:
        nip = random.choice(("7,41E+09", nip[:-1], nip[:-1] + str((int(nip[-1]) + 1) % 10)))
    if random.random() < 0.3:
        name, town, county = name.upper(), town.upper(), county.upper()
    if random.random() < 0.01:
        name = ""
    return [
        str(position),
        name if random.random() < 0.9 else f"  {name} ",
        kind["code"] if random.random() < 0.8 else "",
        _spelt(
            random, nip, (f"{nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}", f"PL {nip}", f"{nip[:3]} {nip[3:6]} {nip[6:]}")
        ),
        _spelt(random, regon, (f"{regon}00000", regon.lstrip("0"))),
        _spelt(random, krs and krs.zfill(10), (krs,)),
        _spelt(
            random,
            f"ul. Drukarska {position % 90 + 1}",
            (f"Drukarska {position % 90 + 1}/3", f"ulica Drukarska {position % 90 + 1} m. 2", ""),
        ),
        _spelt(
            random,
            f"5{position % 10}-{position % 900 + 100}",
            (f"5{position % 10}–{position % 900 + 100}", "brak", "5000"),
        ),
        town,
        town if random.random() < 0.8 else "",
        county if random.random() < 0.8 else f"powiat {county}",
        random.choice(("dolnośląskie", "DOLNOŚLĄSKIE", "woj. dolnośląskie", "")),
        _spelt(
            random,
            f"71 {position % 900 + 100} 12 34",
            (f"(071) {position % 900 + 100}-12-34", f"+48 71{position % 900 + 100}1234", "nie ma", "12"),
        ),
        _spelt(
            random,
            f"biuro{position}@example.pl",
            (f"Biuro{position}@Example.pl ", f"biuro{position}(at)example.pl", "brak@"),
        ),
        random.choice(("", f"www.example{position}.pl", f"https://example{position}.pl/")),
        random.choice(("; ", "\n")).join(random.sample(offers, 3)),
        operator,
        random.choice(("", f"{position % 28 + 1}.05.2015", "2012", f"2018-0{position % 9 + 1}-11", "wiosną")),
        random.choice(("tak", "nie", "TAK", "x", "")),
        *random.choice((("tak", "1.02.2024"), ("nie", ""), ("", ""), ("nie", "3.03.2024"))),
    ]


def _spelt(random, plain, others):
    return plain if not plain or random.random() < 0.6 else random.choice(others)


def _letters(number):
    """A word made of syllables: surnames and fancy words make names differ and stand in no dictionary."""
    word = ""
    while number:
        number, rest = divmod(number, 20)
        word += "bcdfghjklmnprstwz"[rest % 17] + "aeiou"[rest % 5]
    return word.capitalize()


def _numbers():
    """Valid NIP and nine-digit REGON numbers."""
    for number in itertools.count(101_000_000):
        digits = str(number)
        control = sum(int(d) * w for d, w in zip(digits, (6, 5, 7, 2, 3, 4, 5, 6, 7), strict=True)) % 11
        if control == 10:
            continue
        short = digits[1:]
        check = sum(int(d) * w for d, w in zip(short, (8, 9, 2, 3, 4, 5, 6, 7), strict=True)) % 11 % 10
        yield f"{digits}{control}", f"{short}{check}"


def _territory(name):
    with (settings.TERRITORY_DIR / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
