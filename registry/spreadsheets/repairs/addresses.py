"""Streets, numbers and postal codes, in columns of their own or all in one cell."""

import functools
import re

from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.repairs.names import is_shouted, title_case
from registry.spreadsheets.repairs.outcome import EMPTY, Cleaned, notes, refused
from registry.spreadsheets.repairs.text import fold, means_nothing, one_line

_CODE = re.compile(r"(?<!\d)(\d{2})\s?[-–—−‑]\s?(\d{3})(?!\d)")
_GLUED = re.compile(r"(?<!\d)(\d{1,3}[A-Za-z]?)(\d{2}[-–—−‑]\d{3})(?!\d)")
_STREET_WORDS = (
    (re.compile(r"^(?:(?:ulica|ul)(?:\.\s*|\s+))+(?=\S)", re.IGNORECASE), "ul. "),
    (re.compile(r"^(?:(?:aleja|aleje|al)(?:\.\s*|\s+))+(?=\S)", re.IGNORECASE), "al. "),
    (re.compile(r"^(?:(?:plac|pl)(?:\.\s*|\s+))+(?=\S)", re.IGNORECASE), "pl. "),
    (re.compile(r"^(?:(?:osiedle|os)(?:\.\s*|\s+))+(?=\S)", re.IGNORECASE), "os. "),
)
_HOUSE = r"\d{1,4}(?:\s?[A-Za-z](?![A-Za-z]))?(?:\s?-\s?\d{1,4}[A-Za-z]?)?"
_FLAT_WORD = r"(?:lok(?:al|\.)?|m(?:ieszk(?:anie|\.)?|\.)?|pok(?:ój|\.)?)"
_FLAT = rf"(?:\s*/\s*|\s*,?\s*{_FLAT_WORD}\s*(?:nr\s*)?)(?P<flat>\d{{1,4}}\s?[A-Za-z]?)"
_NUMBERED = re.compile(
    rf"^(?P<street>.*?[^\W\d_][.)”]?)[\s,]+(?:nr\s*)?(?P<house>{_HOUSE})(?:{_FLAT})?[.,]?$", re.IGNORECASE
)
_HOUSE_CELL = re.compile(
    rf"(?:nr\s*)?(?P<house>{_HOUSE}|\d{{1,4}}(?:/\d{{1,4}})?[A-Za-z]?)(?:{_FLAT})?", re.IGNORECASE
)
_STREET_START = re.compile(r"(?<!\w)(?:ul|al|pl|os|ulica|aleja|plac|osiedle)\.?\s|(?<!\w)Rynek\b", re.IGNORECASE)
_ADDRESS_TAIL = re.compile(r"[,;\n]|(?<=\w)\s[-–]\s")
# What stands around a street without being part of it.
_AROUND = " ,;'"
_STREET_LENGTH = 120
_LONGEST = 300


def postal_code(raw):
    """Text 00-000; a town written in the same cell goes to extra["town"]."""
    text = cell_text(raw)
    return _postal_code(text) if text else EMPTY


@functools.lru_cache(maxsize=8192)
def _postal_code(text):
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    match = _CODE.search(text)
    digits = re.sub(r"[\s.]", "", text)
    if match:
        code, repair = f"{match[1]}-{match[2]}", "kod-pocztowy"
    elif digits.isascii() and digits.isdigit() and len(digits) in (4, 5):
        code, repair = f"{digits.zfill(5)[:2]}-{digits.zfill(5)[2:]}", "kod-pocztowy" if len(digits) == 5 else "zera"
    else:
        return refused("kod pocztowy ma postać 00-000")
    if not (code.isascii() and code.strip("0-")):
        return refused("kod pocztowy wygląda na zastępczy")
    if code == text:
        return Cleaned(code)
    rest = one_line(text[match.end() :]).strip(" ,;.") if match else ""
    return Cleaned(code, notes(repair), extra={"town": rest} if fold(rest) and len(rest) <= 80 else None)


def postal_code_and_town(text):
    """{"postal_code", "town"} of a cell such as "58-100 Świdnica"."""
    match = _CODE.search(text)
    if not match:
        return {"town": text}
    town = one_line(f"{text[: match.start()]} {text[match.end() :]}").strip(" ,;")
    parts = {"postal_code": match[0]}
    return parts | {"town": town} if town else parts


def street(raw):
    """Street with "ul. " and the like in one spelling; house and flat numbers go to `extra`."""
    text = cell_text(raw)
    return _street(text) if text else EMPTY


@functools.lru_cache(maxsize=8192)
def _street(text):
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    if len(text) > _LONGEST:
        return refused(f"tekst ma {len(text)} znaków, a mieści się najwyżej {_STREET_LENGTH}")
    written = one_line(text).strip(_AROUND)
    if _CODE.search(written):
        return _from_address(text)
    name, numbers = _split_numbers(written)
    value = _street_name(name)
    if len(value) > _STREET_LENGTH:
        return refused(f"tekst ma {len(value)} znaków, a mieści się najwyżej {_STREET_LENGTH}")
    if means_nothing(value):
        return Cleaned(notes=notes("puste"))
    codes = ("ulica" if value != name or written != text else None, "adres-podzielony" if numbers else None)
    return Cleaned(value or None, notes(*codes), extra=numbers or None)


def house_number(raw):
    """House number; a flat written after it goes to extra["flat_number"]."""
    text = cell_text(raw)
    if not text:
        return EMPTY
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}(?: .*)?", text):
        return refused("arkusz zamienił numer na datę")
    if text.isdigit() and len(text) < 5:
        return Cleaned(text)
    match = _HOUSE_CELL.fullmatch(one_line(text))
    if not match:
        value = one_line(text)
        return (
            Cleaned(value, notes("odstepy") if value != text else ())
            if len(value) <= 20
            else refused("to nie jest numer domu")
        )
    house = _tight(match["house"])
    extra = {"flat_number": _tight(match["flat"])} if match["flat"] else None
    return Cleaned(house, notes("adres-podzielony" if extra else "odstepy") if house != text else (), extra=extra)


def flat_number(raw):
    """Flat number without "lok." or "m."."""
    text = cell_text(raw)
    if means_nothing(text):
        return Cleaned(notes=notes("puste")) if text else EMPTY
    value = re.sub(
        r"^(?:(?:lok(?:al)?|m(?:ieszk(?:anie)?)?|nr)\b\.?\s*)+(?=\S)", "", one_line(text), flags=re.IGNORECASE
    )
    if means_nothing(value):
        return Cleaned(notes=notes("puste"))
    if len(value) > 20:
        return refused("to nie jest numer lokalu")
    return Cleaned(value, notes("odstepy") if value != text else ())


def address(raw):
    """A whole address in one cell; the parts go to `extra`, the value is the tidy text."""
    text = cell_text(raw)
    if means_nothing(text):
        return Cleaned(notes=notes("puste")) if text else EMPTY
    if len(text) > _LONGEST:
        return refused("zbyt długi wpis jak na adres")
    parts, glued, several = _parse(text)
    value = one_line(_unglued(text))
    if not parts:
        return Cleaned(value, doubt="nie udało się rozdzielić adresu")
    doubt = "w komórce są dwa adresy; wzięto pierwszy" if several else None
    codes = ("adres-sklejony" if glued else None, "odstepy" if value != text and not glued else None)
    return Cleaned(value, notes(*codes), doubt=doubt, extra=parts)


def cut_name(text):
    """(name, address) of a cell that holds both; the address is "" when its beginning cannot be seen."""
    first, newline, rest = text.strip().partition("\n")
    if newline and (_CODE.search(rest) or _STREET_START.search(rest)):
        return first.strip(" ,;"), rest.strip()
    start = _STREET_START.search(text) or _CODE.search(text)
    if not start or not fold(text[: start.start()]):
        return text, ""
    return text[: start.start()].strip(" ,;-–\n"), text[start.start() :].strip()


def _from_address(text):
    parts, glued, _several = _parse(text)
    street_name = parts.pop("street", None)
    codes = ("adres-sklejony" if glued else None, "adres-podzielony")
    return Cleaned(street_name, notes(*codes), extra=parts or None)


def _parse(text):
    """(parts, glued, several): what an address cell tells, whether numbers ran together, whether there are two."""
    loose = _unglued(text)
    glued = loose != text
    codes = list(_CODE.finditer(loose))
    several = len(codes) > 1
    if not codes:
        pieces = [one_line(piece) for piece in _ADDRESS_TAIL.split(loose) if fold(piece)]
        return _without_code(pieces), glued, several
    code = codes[0]
    before = [one_line(piece) for piece in re.split(r"[,;\n]", loose[: code.start()]) if fold(piece)]
    after = loose[code.end() : codes[1].start() if several else None]
    behind = [one_line(piece).strip(" .") for piece in re.split(r"[,;\n]", after) if fold(piece)]
    parts = {"postal_code": f"{code[1]}-{code[2]}"}
    if behind:
        # "58-100 Świdnica ul. Długa 5": the street may follow the town without a comma.
        start = _STREET_START.search(behind[0])
        if start and start.start():
            behind[:1] = [behind[0][: start.start()].strip(), behind[0][start.start() :]]
        if not start or start.start():
            parts["town"] = behind.pop(0)
    line = before[-1] if before else behind[0] if behind else ""
    if before and "town" not in parts and len(before) > 1:
        parts["town"] = before[0]
    if line:
        parts |= _street_parts(line)
    if "street" not in parts and "house_number" not in parts and len(before) > 1:
        parts |= _street_parts(before[0])
    if len(parts.get("town", "")) > 80:
        parts.pop("town")
    return parts, glued, several


def _unglued(text):
    """House numbers parted from the postal codes they ran into: "121-450" → "1 21-450"."""
    while (loose := _GLUED.sub(r"\1 \2", text)) != text:
        text = loose
    return text


def _without_code(pieces):
    for piece in pieces:
        if _STREET_START.match(piece) or _NUMBERED.match(piece):
            others = [other for other in pieces if other != piece and not any(letter.isdigit() for letter in other)]
            parts = _street_parts(piece)
            return parts | {"town": others[0]} if others and len(others[0]) <= 80 else parts
    if len(pieces) == 1 and not any(letter.isdigit() for letter in pieces[0]) and len(pieces[0].split()) <= 3:
        return {"town": pieces[0]}
    return {}


def _street_parts(line):
    name, numbers = _split_numbers(line.strip(_AROUND))
    name = _street_name(name)
    return ({"street": name} if name and len(name) <= _STREET_LENGTH else {}) | numbers


def _split_numbers(text):
    """("ul. Drukarska", {"house_number": "37", "flat_number": "78"}); a street that is a number keeps it."""
    match = _NUMBERED.match(text)
    if not match:
        return text, {}
    name = match["street"].strip(" ,;")
    # A second number would be taken at the next reading: leave such an address whole.
    if (
        not fold(name)
        or fold(name) in ("ul", "al", "pl", "os", "ulica", "aleja", "plac", "osiedle")
        or _NUMBERED.match(name)
    ):
        return text, {}
    numbers = {"house_number": _tight(match["house"])}
    if match["flat"]:
        numbers["flat_number"] = _tight(match["flat"])
    return name, numbers


def _street_name(name):
    for pattern, word in _STREET_WORDS:
        changed = pattern.sub(word, name, count=1)
        if pattern.match(name):
            name = changed
            break
    head, space, tail = name.partition(" ")
    if space and head in ("ul.", "al.", "pl.", "os.") and is_shouted(tail):
        return f"{head} {title_case(tail)}"
    return title_case(name) if is_shouted(name) else name


def _tight(number):
    return re.sub(r"\s", "", number)
