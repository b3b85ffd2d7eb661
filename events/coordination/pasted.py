"""A list of people as somebody pastes it: from a spreadsheet, a letter, a chat. Lines into parts, with doubts said."""

import csv
import re
import unicodedata
from dataclasses import dataclass, field

from core.polish import fold
from registry.spreadsheets.repairs import contacts

MOST_LINES = 500
MOST_CHARACTERS = 100_000
_SEPARATORS = ("\t", ";", "|", ",")
_EMAIL = re.compile(r"[^\s<>()\[\],;|]+@[^\s<>()\[\],;|]+")
_PHONE = re.compile(r"\+?\d[\d\s()-]{7,}\d")
_EMPTY_BRACKETS = re.compile(r"<\s*>|\(\s*\)|\[\s*\]")
_HEADING = {"imie i nazwisko", "imie nazwisko", "nazwisko i imie", "imie", "uczestnik", "lp", "osoba", "name"}
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}[.)]|[-*•–])\s+")
_TITLES = re.compile(r"^(?:(?:pan|pani|p|dr|mgr|prof|inż|hab)\.?\s+)+(?=\S+\s+\S)", re.IGNORECASE)


@dataclass(slots=True)
class PastedLine:
    """One line: `problem` says why it cannot be a person, `doubts` what to look at."""

    number: int
    text: str
    first_name: str = ""
    last_name: str = ""
    institution: str = ""
    email: str = ""
    phone: str = ""
    problem: str = ""
    doubts: list = field(default_factory=list)

    @property
    def name(self):
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def key(self):
        """Equal for lines that mean one person."""
        return fold(self.name), self.email or f"{fold(self.institution)}/{self.phone}"


def parse(text):
    """PastedLines of everything but empty lines and a heading. Never fails: what is not understood says so."""
    found = []
    for number, line in enumerate(text[:MOST_CHARACTERS].splitlines(), 1):
        cleaned = _cleaned(line)
        if not cleaned.strip(' "\t;,|'):
            continue
        cells = _cells(cleaned)
        if not found and fold(cells[0]).strip(" .") in _HEADING:
            continue
        found.append(_line(number, line.strip(), cleaned, cells))
    return found


def _line(number, text, cleaned, cells):
    line = PastedLine(number=number, text=text)
    rest = [_without_contacts(cell, line) for cell in cells]
    rest = [cell for cell in rest if cell]
    if len(rest) > 1 and rest[0].rstrip(".)").isdigit():
        rest.pop(0)  # the number of the row
    if not rest:
        line.problem = "Nie ma imienia i nazwiska."
        return line
    name = _TITLES.sub("", rest.pop(0))
    words = name.split()
    if len(words) == 1 and rest and len(rest[0].split()) == 1:
        words.append(rest.pop(0))
        line.doubts.append("Imię i nazwisko były w osobnych kolumnach.")
    elif len(cells) == 1 and len(words) > 3:
        line.doubts.append("Nie ma separatora: dwa pierwsze słowa wzięto za imię i nazwisko.")
        words, rest = words[:2], [" ".join(words[2:])]
    if len(words) < 2:
        line.problem = "Jest jedno słowo, a potrzebne są imię i nazwisko."
        line.last_name = name[:80]
        return line
    line.first_name, line.last_name = " ".join(words[:-1]), words[-1]
    line.institution = ", ".join(rest)
    _weigh(line)
    return line


def _weigh(line):
    if any(char.isdigit() for char in line.name):
        line.problem = "W imieniu lub nazwisku są cyfry."
    elif len(line.first_name) > 60 or len(line.last_name) > 80:
        line.problem = "Imię albo nazwisko jest za długie."
    elif len(line.institution) > 400:
        line.problem = "Nazwa instytucji jest za długa."
    elif len(line.name.split()) > 4:
        line.doubts.append("Długie imię i nazwisko: sprawdź, czy nie ma w nim czegoś innego.")
    elif line.name == line.name.lower():
        line.doubts.append("Zapisane małymi literami.")


def _without_contacts(cell, line):
    """The cell without an address and a number, which go to the line; what is wrong with them becomes its problem."""
    if found := _EMAIL.search(cell):
        cleaned = contacts.email(found[0].strip("<>\"'.").removeprefix("mailto:"))
        line.email = line.email or cleaned.value or ""
        if cleaned.problem:
            line.problem = line.problem or f"Adres {found[0][:60]} nie jest poprawny."
        if cleaned.doubt:
            line.doubts.append(f"{cleaned.doubt[0].upper()}{cleaned.doubt[1:]}.")
        cell = cell.replace(found[0], " ")
    if found := _PHONE.search(cell):
        cleaned = contacts.phone(found[0])
        line.phone = line.phone or (cleaned.value or "")[:16]
        if cleaned.problem:
            line.doubts.append(f"Pominięto numer {found[0].strip()}: {cleaned.problem}.")
        cell = cell.replace(found[0], " ")
    return " ".join(_EMPTY_BRACKETS.sub(" ", cell).split()).strip(" ,;|\"'")


def _cells(line):
    separator = next((one for one in _SEPARATORS if one in line), None)
    if separator is None:
        return [line.strip()]
    try:
        cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True))
    except (csv.Error, StopIteration):
        cells = line.split(separator)
    if line.count('"') % 2:
        cells = line.replace('"', "").split(separator)
    return [cell.strip() for cell in cells]


def _cleaned(line):
    """Without what nobody reads: control characters, emoji and their joiners; the numbering of a list."""
    kept = (
        char if char == "\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk") else " "
        for char in line.replace("\u00a0", " ").replace("\ufe0f", "")
    )
    return _NUMBERING.sub("", "".join(kept))
