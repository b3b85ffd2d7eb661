"""What the address of "kto to zrobi" asks for: checked, and said in words."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError

from procurement.matching.found import GROUNDS
from procurement.matching.needs import Need
from registry.codes import cpv_code, cpv_writing
from registry.fields import UNKNOWN_CPV, check_control, shown
from registry.labels import Labels
from registry.labels import read as read_labels
from registry.search import LONGEST

MOST_CPV, MOST_SHOWN, USUALLY_SHOWN = 20, 100, 20
MOST_VALUE = Decimal(10) ** 13
# Articles that a clause may name: only art. 94 says who may stand at all.
ARTICLES = {
    "94": "tylko zamówienie zastrzeżone (art. 94)",
    "95": "umowa o pracę (art. 95)",
    "96": "zatrudnienie osób z grup (art. 96)",
    "100": "dostępność (art. 100)",
    "104": "etykieta (art. 104)",
    "242": "kryterium społeczne (art. 242)",
    "361": "usługi społeczne zastrzeżone (art. 361)",
}
RESERVED = "94"
_VALUE = re.compile(r"(\d{1,16})(?:[.,](\d{1,2}))?")


@dataclass
class Asked:
    """`errors` is {name of a parameter: words}; with any, nothing is searched for."""

    q: str = ""
    cpv: list = field(default_factory=list)
    powiat: str = ""
    gmina: str = ""
    art: str = ""
    ground: str = ""
    value: Decimal | None = None
    value_text: str = ""
    top: int = USUALLY_SHOWN
    posting: int | None = None
    errors: dict = field(default_factory=dict)
    labels: Labels = field(default_factory=Labels)

    @property
    def is_question(self):
        return bool(self.q or self.cpv)

    @property
    def need(self):
        return Need(
            text=self.q,
            cpv=tuple(self.cpv),
            cpv_words=" ".join(self.labels.cpv[code].partition(" ")[2] for code in self.cpv),
            area=self.gmina or self.powiat,
            area_words=self.area_words,
            reserved=self.art == RESERVED,
            value=self.value,
        )

    @property
    def area_words(self):
        return self.labels.area_words(self.gmina or self.powiat)

    @property
    def words(self):
        """What was asked for, for a record of the case."""
        parts = [f"„{self.q}”" if self.q else "", *(f"CPV {self.labels.cpv[code]}" for code in self.cpv)]
        parts += [self.area_words, f"art. {self.art}" if self.art else "", GROUNDS.get(self.ground, "")]
        parts += [f"wartość {self.value_text} zł" if self.value is not None else ""]
        return "; ".join(part for part in parts if part)


def asked(data):
    """The Asked of a QueryDict. One query."""
    result = Asked(q=" ".join(data.get("q", "").split()))
    codes = [text.strip() for text in data.getlist("cpv") if text.strip()]
    written = cpv_writing(result.q) if len(result.q) <= LONGEST else None
    if len(result.q) > LONGEST:
        result.errors["q"] = f"Wpisz najwyżej {LONGEST} znaków."
        result.q = result.q[:LONGEST]
    if len(codes) > MOST_CPV:
        result.errors["cpv"] = f"Podaj najwyżej {MOST_CPV} kodów."
        codes = codes[:MOST_CPV]
    result.powiat, result.gmina = data.get("powiat", "").strip(), data.get("gmina", "").strip()
    wanted = [cpv_code(text) for text in codes] + ([written.code8] if written else []) + [result.gmina]
    result.labels = read_labels(counties=[result.powiat], codes=[code for code in wanted if len(code) <= 8])
    _read_codes(result, codes, written)
    _read_place(result)
    _read_rest(result, data)
    return result


def _read_codes(result, codes, written):
    if written and written.code8 in result.labels.cpv and (written.certain or not written.control):
        codes, result.q = [*codes, result.q], ""
    for text in codes:
        code, writing = cpv_code(text), cpv_writing(text)
        if code not in result.labels.cpv:
            result.errors["cpv"] = UNKNOWN_CPV.format(shown(text))
            continue
        try:
            check_control(writing, text, result.labels.cpv)
        except ValidationError as error:
            result.errors["cpv"] = error.message
            continue
        if code not in result.cpv:
            result.cpv.append(code)


def _read_place(result):
    if result.powiat and result.powiat not in result.labels.county:
        result.errors["powiat"] = f"Nie ma powiatu o kodzie „{shown(result.powiat)}”."
    if result.gmina and result.gmina not in result.labels.municipality:
        result.errors["gmina"] = f"Nie ma gminy o kodzie „{shown(result.gmina)}”."
    elif result.gmina and result.powiat and not result.gmina.startswith(result.powiat):
        result.errors["gmina"] = "Ta gmina nie leży w wybranym powiecie."


def _read_rest(result, data):
    result.art = data.get("art", "").strip().lower().removeprefix("art.").strip()
    if result.art and result.art not in ARTICLES:
        result.errors["art"] = f"Nie znamy artykułu „{shown(result.art)}”. Możesz podać: {', '.join(ARTICLES)}."
    result.ground = data.get("ground", "").strip()
    if result.ground and result.ground not in GROUNDS:
        result.errors["ground"] = f"Nie ma podstawy „{shown(result.ground)}”."
    result.value_text = data.get("value", "").strip()
    if result.value_text:
        result.value = _amount(result.value_text)
        if result.value is None:
            result.errors["value"] = "Podaj wartość liczbą, na przykład 120000 albo 120 000,50."
    result.top = _number(data.get("top", ""), result.errors)
    posting = data.get("wpis", "")
    result.posting = int(posting) if posting.isascii() and posting.isdigit() and len(posting) < 16 else None


def _amount(text):
    found = _VALUE.fullmatch(re.sub(r"\s|zł", "", text))
    amount = Decimal(f"{found[1]}.{found[2] or 0}") if found else None
    return amount if amount is not None and amount < MOST_VALUE else None


def _number(text, errors):
    text = text.strip()
    if not text:
        return USUALLY_SHOWN
    if not (text.isascii() and text.isdigit()) or len(text) > 6 or int(text) < 1:
        errors["top"] = f"Podaj liczbę od 1 do {MOST_SHOWN}."
        return USUALLY_SHOWN
    return min(int(text), MOST_SHOWN)
