"""Phone, e-mail and web address in any writing; what does not fit one field is kept in `extra`."""

import re
from urllib.parse import urlsplit

from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.repairs.outcome import EMPTY, Cleaned, notes, refused
from registry.spreadsheets.repairs.text import fold, means_nothing, one_line

# The usual writings of one national number, told at a glance; everything else is taken apart.
_PLAIN_PHONE = re.compile(r"\(?0?[1-9]\d\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}|[1-9]\d{2}[ -]?\d{3}[ -]?\d{3}")
_GAPS = str.maketrans("", "", " ()-")
_CANONICAL_PHONE = re.compile(r"\+48[1-9]\d{8}|\+(?!48|0)\d{8,15}", re.ASCII)
_PHONE_PARTS = re.compile(
    r"[,;\n|]|\s/\s|/(?=\s*(?:tel|fax|faks|kom|\+|\(?0?\d{2}\)?\s))|\b(?:lub|oraz|albo|i|fax|faks)\b", re.I
)
_EXTENSION = re.compile(r"(?:\bwewn?\b|\bw\.|\bext\b|#)\.?\s*:?\s*(\d{1,5}(?:\s*,\s*\d{1,5}(?!\d))*)", re.IGNORECASE)
_FAX = re.compile(r"(?<!/)\b(?:fax|faks)\b\.?[\s:]*[\d\s()+-]+", re.IGNORECASE)
_NOT_PHONE = re.compile(r"[^\d+]")
_DOTS = re.compile(r"[.,;:]+$")
_AT = re.compile(r"\s*(?:\(at\)|\[at\]|\{at\}|\(małpa\)|\[małpa\]|@)\s*", re.IGNORECASE)
_EMAIL_LABEL = re.compile(r"^(?:mailto|e-?mail|adres|poczta)\s*[:.]+\s*", re.IGNORECASE)
_EMAIL_PARTS = re.compile(r"[\s,;|]+|/(?=\S+@)")
_EMAIL = re.compile(
    r"[a-z0-9!#$%&*+/=?^_{|}~-]+(?:\.[a-z0-9!#$%&*+/=?^_{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
)
_MISTYPED = {
    "qmail.com": "gmail.com",
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gmal.com": "gmail.com",
    "gamil.com": "gmail.com",
    "gmail.pl": "gmail.com",
    "gmail.co": "gmail.com",
    "gmail.con": "gmail.com",
    "wp.lp": "wp.pl",
    "wp.p": "wp.pl",
    "onet.p": "onet.pl",
    "ontet.pl": "onet.pl",
    "interia.p": "interia.pl",
    "intera.pl": "interia.pl",
    "poczta.onet.p": "poczta.onet.pl",
    "op.p": "op.pl",
    "02.pl": "o2.pl",
    "hotmial.com": "hotmail.com",
    "tlen.p": "tlen.pl",
}
_PLAIN_WWW = re.compile(r"(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,24}/?")
_WWW_PARTS = re.compile(r"[\s,;|]+")
_SCHEME = re.compile(r"^(https?)[:;]?/{1,2}(?=[^/])", re.IGNORECASE)
_HOST = re.compile(
    r"(?:[a-z0-9\u00a1-\uffff](?:[a-z0-9\u00a1-\uffff-]{0,61}[a-z0-9\u00a1-\uffff])?\.)+[a-z\u00a1-\uffff]{2,24}(?::\d{1,5})?"
)
_PAGE_PATH = re.compile(r"[^\s<>\"\\^`{}|]*")
_OTHER_LENGTH = 120


def phone(raw):
    """E.164 text such as +48748372599; further numbers and extensions in extra["phone_other"]."""
    text = cell_text(raw)
    if not text:
        return EMPTY
    if _CANONICAL_PHONE.fullmatch(text) and not _is_placeholder(text):
        return Cleaned(text)
    if _PLAIN_PHONE.fullmatch(text) and not _is_placeholder(number := f"+48{text.translate(_GAPS)[-9:]}"):
        return Cleaned(number, notes("telefon"))
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    if len(text) > 300:
        return refused("zbyt długi wpis jak na telefon")
    written = one_line(_FAX.sub(" ", text)) if not re.match(r"\s*(?:fax|faks)\b", text, re.I) else text
    extensions = [match[1] for match in _EXTENSION.finditer(written)]
    numbers = []
    for part in _PHONE_PARTS.split(_EXTENSION.sub(" ", written)):
        number = _phone_number(part)
        if number and number not in numbers:
            numbers.append(number)
    if not numbers:
        return refused("to nie jest numer telefonu")
    if _is_placeholder(numbers[0]):
        return refused("numer telefonu wygląda na zastępczy")
    others = [*numbers[1:], *(f"wew. {extension}" for extension in extensions)]
    kept = "; ".join(others)[:_OTHER_LENGTH]
    codes = ("telefon", "telefon-inne" if len(numbers) > 1 else None, "telefon-wewnetrzny" if extensions else None)
    return Cleaned(numbers[0], notes(*codes), extra={"phone_other": kept} if kept else None)


def email(raw):
    """Lower-case address; further ones in extra["email_other"]; a mistyped mail host is kept with a doubt."""
    text = cell_text(raw)
    if not text:
        return EMPTY
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    found = [text] if len(text) <= 254 and _EMAIL.fullmatch(text) else _emails(text)
    if not found:
        return refused("niepoprawny adres e-mail")
    first, others = found[0], "; ".join(found[1:])
    host = first.partition("@")[2]
    doubt = f"domena {host} wygląda na literówkę {_MISTYPED[host]}" if host in _MISTYPED else None
    codes = ("email" if first != text and not others else None, "email-inne" if others else None)
    return Cleaned(first, notes(*codes), doubt=doubt, extra={"email_other": others} if others else None)


def www(raw):
    """Address of a page with its scheme; https when none was given."""
    text = cell_text(raw)
    if not text:
        return EMPTY
    if means_nothing(text):
        return Cleaned(notes=notes("puste"))
    if _PLAIN_WWW.fullmatch(text):
        return Cleaned(text) if text.startswith("http") else Cleaned(f"https://{text}", notes("www"))
    pages = [page for page in (_page(part) for part in _WWW_PARTS.split(text)) if page]
    if not pages:
        return refused("to adres e-mail, nie strona" if "@" in text else "niepoprawny adres strony internetowej")
    codes = ("www" if pages[0] != text and len(pages) == 1 else None, "www-inne" if len(pages) > 1 else None)
    return Cleaned(pages[0], notes(*codes))


def social_media(raw):
    """Tuple of addresses of profiles."""
    text = cell_text(raw)
    if means_nothing(text):
        return Cleaned(notes=notes("puste")) if text else EMPTY
    pages = tuple(dict.fromkeys(page for page in (_page(part) for part in _WWW_PARTS.split(text)) if page))
    if not pages:
        return refused("brak adresu profilu")
    return Cleaned(pages, notes("www" if "; ".join(pages) != text else None))


def _emails(text):
    found = []
    for part in _EMAIL_PARTS.split(_AT.sub("@", _EMAIL_LABEL.sub("", text.lower()))):
        part = _DOTS.sub("", _EMAIL_LABEL.sub("", part).strip("<>()[]\"'").strip("."))
        if len(part) <= 254 and part not in found and _EMAIL.fullmatch(part):
            found.append(part)
    return found


def _phone_number(part):
    digits = _NOT_PHONE.sub("", part.replace("(0)", ""))
    plus = digits.startswith("+")
    digits = digits.replace("+", "")
    if digits.startswith("00"):
        digits, plus = digits[2:], True
    if digits.startswith("48") and len(digits) == 11:
        digits, plus = digits[2:], False
    elif digits.startswith("480") and len(digits) == 12:
        digits, plus = digits[3:], False
    elif plus and 8 <= len(digits) <= 15 and not digits.startswith(("0", "48")):
        return f"+{digits}"
    if len(digits) == 10 and digits.startswith("0"):
        digits = digits[1:]
    return f"+48{digits}" if len(digits) == 9 and digits[0] != "0" else None


def _is_placeholder(number):
    national = number[3:]
    return len(set(national)) == 1 or national in "1234567890"


def _page(part):
    part = part.strip("<>()[]\"'").rstrip(".,;")
    if not part or "@" in part.partition("?")[0].partition("/")[0]:
        return None
    scheme = _SCHEME.match(part)
    rest = part[scheme.end() :] if scheme else part
    host, slash, path = rest.partition("/")
    host = host.lower()
    host, mark, query = host.partition("?")
    if mark:
        path = ""
    address = f"{scheme[1].lower() if scheme else 'https'}://{host}{slash}{path}{mark}{query}"
    if len(address) > 300 or not _HOST.fullmatch(host) or not _PAGE_PATH.fullmatch(path + query):
        return None
    if fold(host).isdigit():
        return None
    try:
        urlsplit(address)
    except ValueError:
        return None
    return address
