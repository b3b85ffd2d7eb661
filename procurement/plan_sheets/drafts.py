"""One line of a file as a clean position of a plan, with what was repaired in it or the reason why it was refused."""

from dataclasses import asdict, dataclass, field
from typing import NamedTuple

from procurement.choices import Band
from procurement.plan_sheets import natures, positions
from procurement.plan_sheets.amounts import amount
from procurement.plan_sheets.clauses import GENERAL, clauses
from procurement.plan_sheets.cpv import CpvTable, cpv_codes, cpv_within
from procurement.plan_sheets.modes import ModeTable, mode
from procurement.plan_sheets.openings import opening
from procurement.plan_sheets.updates import update
from registry.spreadsheets.repairs.text import means_nothing, one_line, polish_quotes

LONGEST_SUBJECT, LONGEST_REMARKS = 1000, 1000
_OBLIGATORY = (
    ("nature", "rodzaju zamówienia (art. 23 ust. 3 pkt 2 PZP)"),
    ("mode_id", "trybu albo procedury (art. 23 ust. 3 pkt 3 PZP)"),
    ("value", "orientacyjnej wartości (art. 23 ust. 3 pkt 4 PZP)"),
    ("opens_on", "terminu wszczęcia (art. 23 ust. 3 pkt 5 PZP)"),
)


class Tables(NamedTuple):
    """What codes mean on the day of the plan."""

    cpv: CpvTable
    modes: ModeTable
    clauses: frozenset


@dataclass(slots=True)
class Draft:
    """`values` are ready for JSON; `given` names the columns that the table has. `rejection` or nothing."""

    row: int
    sheet: str
    texts: dict
    values: dict = field(default_factory=dict)
    given: list = field(default_factory=list)
    # Headings that say something of all cells below them: "w tys. zł", "brutto".
    headings: dict = field(default_factory=dict)
    warnings: list = field(default_factory=list)
    rejection: dict | None = None

    as_dict = asdict


class Reader:
    """Lines of one plan into Drafts."""

    def __init__(self, tables, *, year):
        self._tables, self._year = tables, year

    def read(self, line):
        return _Reading(line, self._tables, self._year).draft()


class _Reading:
    def __init__(self, line, tables, year):
        self.line, self.tables, self.year = line, tables, year
        self.values, self.warnings, self.rejection = {}, [], None
        self.number_text = ""

    def draft(self):
        for heading, words in self.line.doubts:
            self.warn(heading, "", words)
        self._year_of_row()
        self._subject()
        if self.rejection is None:
            for step in (self._number, self._nature, self._mode, self._value, self._opening, self._cpv, self._rest):
                step()
            self._missing()
        return Draft(
            row=self.line.number,
            sheet=self.line.sheet,
            texts=self.line.texts,
            values=self.values,
            given=sorted(self.line.headings),
            headings={name: self.heading(name) for name in ("value", "opening")},
            warnings=self.warnings,
            rejection=self.rejection,
        )

    # What is told

    def text(self, name):
        return self.line.texts.get(name, "")

    def heading(self, name):
        return self.line.headings.get(name, "")

    def warn(self, column, value, reason):
        self.warnings.append(self._told(column, value, reason))

    def take(self, name, cleaned):
        """The value of a cleaned cell; its repairs become warnings, its problem refuses the line."""
        if cleaned.problem:
            self.refuse(name, self.text(name), cleaned.problem)
        for note in cleaned.notes:
            self.warn(self.heading(name), self.text(name), note)
        return cleaned.value

    def refuse(self, name, value, reason):
        """A row has one reason; what else is wrong with it is told behind the first."""
        if self.rejection is None:
            self.rejection = self._told(self.heading(name), value, reason)
        else:
            self.rejection["reason"] += f"; {self.heading(name)}: {reason}"

    def _told(self, column, value, reason):
        told = {"row": self.line.number, "column": column, "value": value, "reason": reason}
        return told | ({"sheet": self.line.sheet} if self.line.sheet else {})

    # Field by field

    def _year_of_row(self):
        year = self.text("year").strip()[:4]
        if year.isascii() and year.isdigit() and int(year) != self.year:
            self.refuse("year", year, f"wiersz jest z planu na inny rok niż {self.year}")

    def _subject(self):
        if self.rejection:
            return
        text, self.number_text = self.text("subject"), self.text("position")
        parted = positions.glued(text or self.number_text)
        if parted and (not text or not self.number_text):
            self.number_text, text = parted
        self.values["subject"] = text = polish_quotes(one_line(text))
        if means_nothing(text):
            self.refuse("subject", text, "brak przedmiotu zamówienia")
        elif self.line.alone:
            self.refuse("subject", text, "jest tylko tekst, bez innych danych: tytuł albo niepełna pozycja")
        elif len(text) > LONGEST_SUBJECT:
            reason = f"przedmiot ma {len(text)} znaków, a mieści się {LONGEST_SUBJECT}"
            self.refuse("subject", text[:100], reason)

    def _number(self):
        cleaned = positions.position(self.number_text)
        self.values["reference"] = ""
        if cleaned.problem:
            self.values["reference"] = one_line(self.number_text)[:80]
            reason = f"{cleaned.problem}; pozycja dostanie własny, a ten zostanie w informacjach dodatkowych"
            self.warn(self.heading("position"), self.number_text, reason)
            cleaned = cleaned._replace(problem=None)
        self.values["number"] = self.take("position", cleaned) or ""

    def _nature(self):
        said, now = self.take("nature", natures.nature(self.text("nature"))), self.line.section
        by_number = natures.of_number(self.values["number"])
        found = (said and said.nature) or now.nature or by_number
        if not said and found:
            told = "sekcji, w której stoi" if now.nature else f"numeru {self.values['number']}"
            self.warn("", found.label, f"rodzaj zamówienia wzięto z {told}")
        elif said and by_number and by_number != said.nature:
            self.warn(self.heading("nature"), self.text("nature"), f"numer wskazuje na: {by_number.label}")
        social = self.text("is_social").strip().lower() in ("tak", "x", "t")
        self.values["nature"] = found or ""
        self.values["is_social"] = bool((said and said.is_social) or now.is_social or social)

    def _mode(self):
        self.values["mode_id"] = self.take("mode", mode(self.text("mode"), self.tables.modes))

    def _value(self):
        got = self.take("value", amount(self.text("value"), heading=self.heading("value")))
        self.values["value"] = str(got.value) if got else None
        self.values["value_words"] = got.words if got else ""
        self.values["is_approximate"] = bool(got and got.is_approximate)

    def _opening(self):
        got = self.take("opening", opening(self.text("opening"), year=self.year, heading=self.heading("opening")))
        self.values["opens_on"] = got.day.isoformat() if got else None
        self.values["opens_precision"] = got.precision if got else ""

    def _cpv(self):
        codes = self.take("cpv", cpv_codes(self.text("cpv"), self.tables.cpv)) or []
        if not codes:
            codes = cpv_within(f"{self.text('remarks')}\n{self.values['subject']}", self.tables.cpv)
            if codes:
                written = ", ".join(self.tables.cpv.written(code) for code in codes)
                self.warn("", written, "kod CPV wzięto z opisu")
        self.values["cpv"] = codes

    def _rest(self):
        remarks = one_line(self.text("remarks"))
        if self.values["reference"]:
            remarks = f"Numer w pliku: {self.values['reference']}. {remarks}".strip()
        if len(remarks) > LONGEST_REMARKS:
            self.warn(self.heading("remarks"), remarks[:100], f"zostawiono pierwszych {LONGEST_REMARKS} znaków")
        self.values["remarks"] = "" if means_nothing(remarks) else remarks[:LONGEST_REMARKS]
        self.values["parts"] = self._parts()
        self.values["clauses"] = self._clauses()
        stated = update(self.text("update"))
        if stated.problem:
            self.warn(self.heading("update"), self.text("update"), stated.problem)
        self.values["update"] = stated.value or ""

    def _parts(self):
        text = self.text("parts").strip()
        if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 999:
            return int(text[:6])
        if text and not means_nothing(text) and text.lower() not in ("nie", "0", "tak"):
            self.warn(self.heading("parts"), text, "nie jest to liczba części; pominięto")
        return None

    def _clauses(self):
        column, remarks = self.text("clauses"), self.text("remarks")
        codes = [*clauses(column, heading=self.heading("clauses")), *clauses(remarks)]
        codes = [code for code in dict.fromkeys(codes) if code in self.tables.clauses]
        if GENERAL in codes:
            self.warn(self.heading("clauses") or self.heading("remarks"), column or remarks, _WITHOUT_ARTICLE)
        words = one_line(column or remarks)[:300]
        return [{"kind": code, "note": words} for code in codes]

    def _missing(self):
        without = [words for name, words in _OBLIGATORY if not self.values[name]]
        if without and self.values["update"] != "rezygnacja":
            self.warn("", "", f"brakuje: {', '.join(without)}")
        band = self.line.section.band
        if band:
            self.values["section"] = Band(band).value


_WITHOUT_ARTICLE = "zapisano zamiar klauzuli społecznej bez artykułu; wybierz artykuł w formularzu pozycji"
