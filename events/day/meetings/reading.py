"""A file of a meeting as people and their minutes.

Teams: UTF-16 with tabs, sections under numbered titles; the one of participants counts, which sums the stays already.
Zoom: a line for each joining, sometimes below a table about the meeting itself. Meet: first and last name apart.
Anything else with a name and a length, or a joining and a leaving, is read the same way.
"""

import csv
import io
from dataclasses import dataclass

from core.polish import fold
from events.day.meetings.times import minutes, moment, together

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 5_000
# A month: more is a mistake of the file, and no column takes any number.
MAX_MINUTES = 31 * 24 * 60
_NAMES = {
    "name", "full name", "name original name", "display name", "participant", "participant name", "user name",
    "imie i nazwisko", "nazwa", "nazwa oryginalna nazwa", "pelne imie i nazwisko", "nazwa uzytkownika", "uczestnik",
    "imie i nazwisko uczestnika", "nazwa wyswietlana",
}  # fmt: skip
_COLUMNS = {
    "name": _NAMES,
    "first": {"first name", "imie"},
    "last": {"last name", "surname", "nazwisko"},
    "email": {"email", "e mail", "user email", "email address", "adres e mail", "adres email", "poczta e mail",
              "adres e mail uzytkownika"},
    "upn": {"participant id upn", "identyfikator uczestnika upn", "upn"},
    "join": {"join time", "time joined", "joined", "joined at", "godzina dolaczenia", "czas dolaczenia", "dolaczenie",
             "wejscie", "dolaczono", "join"},
    "leave": {"leave time", "time exited", "left", "left at", "exit time", "godzina opuszczenia", "godzina wyjscia",
              "czas opuszczenia", "opuszczenie", "wyjscie", "leave"},
    "duration": {"duration", "duration minutes", "in meeting duration", "attendance duration", "czas trwania",
                 "minuty", "total duration minutes", "czas trwania minuty",
                 "czas trwania spotkania", "czas udzialu", "minutes",
                 "czas trwania w spotkaniu", "czas uczestnictwa"},
    "waiting": {"in waiting room", "w poczekalni"},
}  # fmt: skip
_EMPTY = "Plik jest pusty."
_TOO_LARGE = "Plik jest za duży: lista obecności ze spotkania ma najwyżej 2 MB."
_BINARY = "To nie jest plik CSV. Pobierz z programu do spotkań listę uczestników jako CSV i wgraj ją bez zmian."
_NO_TABLE = (
    "W pliku nie ma tabeli uczestników: potrzebne są kolumny z imieniem i nazwiskiem oraz z czasem udziału "
    "albo z godzinami wejścia i wyjścia."
)


class Unreadable(Exception):
    """`str()` is one Polish sentence for the person who chose the file."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a meeting, all their joinings together. `minutes` None: the file does not say how long."""

    name: str
    email: str
    minutes: int | None
    joinings: int


def read(content):
    """The people of a file, in its order. Raises Unreadable."""
    if not content.strip():
        raise Unreadable(_EMPTY)
    if len(content) > MAX_BYTES:
        raise Unreadable(_TOO_LARGE)
    heading, rows = _table(_cells(_decoded(content)))
    people = {}
    for row in rows:
        cell = {field: row[place].strip() for field, place in heading.items() if place < len(row)}
        name = cell.get("name") or f"{cell.get('first', '')} {cell.get('last', '')}".strip()
        email = cell.get("email") or (cell.get("upn", "") if "@" in cell.get("upn", "") else "")
        if not name and not email or fold(cell.get("waiting", "")) in ("yes", "tak"):
            continue
        # Two people may share an address: only both together say that it is one.
        person = people.setdefault((email.lower(), fold(name)), {"name": name, "email": email, "stays": []})
        person["stays"].append(cell)
    if not people:
        raise Unreadable("W tabeli uczestników nie ma ani jednej osoby.")
    return [
        Person(" ".join(one["name"].split())[:200], one["email"][:254], _minutes(one["stays"]), len(one["stays"]))
        for one in people.values()
    ]


def _minutes(cells):
    """Whole minutes over all joinings: stays that overlap count once, lengths are summed where hours are missing."""
    stays = []
    for cell in cells:
        join, leave = moment(cell.get("join", "")), moment(cell.get("leave", ""))
        if join and leave and leave < join and (join.year, leave.year) == (1900, 1900):
            leave = leave.replace(day=2)  # over midnight, without days
        if join and leave and leave >= join:
            stays.append((join, leave))
    lengths = [one for one in (minutes(cell.get("duration", "")) for cell in cells) if one is not None]
    if len(stays) == len(cells):
        return min(round(together(stays)), MAX_MINUTES)
    return min(round(sum(lengths)), MAX_MINUTES) if lengths else None


def _decoded(content):
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _text(content, encoding)
    zeros = content[:200].count(0)
    if zeros:
        # UTF-16 that lost its mark has a zero beside each Latin letter; anything else with zeros is no text.
        if zeros * 3 < len(content[:200]):
            raise Unreadable(_BINARY)
        return _text(content, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
    try:
        return _text(content, "utf-8")
    except Unreadable:
        return _text(content, "cp1250")


def _text(content, encoding):
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_BINARY) from error
    if any(ord(char) < 32 and char not in "\t\r\n\x0b\x0c" for char in text[:20_000]) or text.startswith("%PDF"):
        raise Unreadable(_BINARY)
    return text


def _cells(text):
    sample = text[:20_000]
    delimiter = max("\t;,", key=sample.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(_BINARY) from error
    if len(rows) > MAX_ROWS:
        raise Unreadable(f"Plik ma za dużo wierszy: najwyżej {MAX_ROWS}.")
    return rows


def _table(rows):
    """({field: place}, rows) of the first table that is one of participants; it ends at an empty line or a title."""
    for number, row in enumerate(rows):
        heading = _heading(row)
        if heading is None:
            continue
        found = []
        for following in rows[number + 1 :]:
            if not any(cell.strip() for cell in following) or _heading(following) is not None:
                break
            if len(following) == 1 and len(heading) > 1:  # "3. In-Meeting Activities"
                break
            found.append(following)
        return heading, found
    raise Unreadable(_NO_TABLE)


def _heading(row):
    heading = {}
    for place, cell in enumerate(row):
        words = fold(cell).replace("(", " ").replace(")", " ").replace(":", " ").replace(".", " ")
        words = " ".join(words.split())
        for field, names in _COLUMNS.items():
            if words in names:
                heading.setdefault(field, place)
    named = "name" in heading or {"first", "last"} <= heading.keys()
    timed = "duration" in heading or {"join", "leave"} <= heading.keys()
    return heading if named and timed else None
