"""Social clauses that a plan intends, by the words of its remarks; codes of procurement.models.ClauseKind."""

import re

from registry.spreadsheets.repairs.text import fold

_ARTICLES = {94: "art94", 95: "art95", 96: "art96", 100: "art100", 104: "art104", 242: "art242", 361: "art361"}
_LIST = re.compile(r"\bart ((?:\d+(?: (?:ust|pkt|lit) \w+)*(?: (?:i|oraz|lub))? ?)+)")
_WORDS = (
    ("art94", re.compile(r"\bzamowieni\w* zastrzezon|\bzaklad\w* pracy chronionej")),
    ("art95", re.compile(r"\bumow\w* o prace?\b")),
    ("art96", re.compile(r"\bzatrudni\w+ (?:\w+ ){0,4}(?:bezrobotn|niepelnospr)")),
    ("art100", re.compile(r"\bdostepnosc\w* dla osob|\buniwersaln\w* projektowan")),
    ("art104", re.compile(r"\betykiet\w*|\bzakup prospoleczn")),
    ("art242", re.compile(r"\bkryteri\w+ spoleczn")),
    (
        "podprogowe",
        re.compile(r"\b(?:preferenc|pierwszenstw)\w* (?:\w+ ){0,4}(?:ekonomii spolecznej|pes|spoleczna)\b"),
    ),
)
# Said without an article: an intention of some kind of social requirement of performance.
GENERAL = "art96-inne"
_GENERAL = re.compile(r"\b(?:klauzul|aspekt|wymagan|wymog)\w* (?:\w+ ){0,3}spoleczn|\bspoleczn\w+ (?:klauzul|aspekt)")
_DENIED = re.compile(r"\b(?:brak|bez|nie (?:dotyczy|przewid\w+|stos\w+|zastos\w+|planuj\w+|uwzgledn\w+|zawiera))\b")
_YES = re.compile(r"(?:tak|t|x|v|yes|1|prawda|true)")
_NO = re.compile(r"^(?:nie|n|no|0|brak|falsz|false)$|\bnie$")
# An abbreviation ends no sentence.
_SENTENCE = re.compile(r"(?<!\bart)(?<!\bust)(?<!\bpkt)\.\s|[;\n]")


def clauses(text, *, heading=""):
    """Codes of the clauses that a text names, each once. `heading` counts when the cell only says "tak"."""
    if _YES.fullmatch(fold(text)):
        return clauses(heading) or ([GENERAL] if heading else [])
    found = []
    for sentence in _SENTENCE.split(text):
        words = fold(sentence)
        if words and not _NO.search(words) and not _DENIED.search(words):
            found += _named(words)
    return list(dict.fromkeys(found))


def _named(words):
    codes = [
        _ARTICLES[int(number)]
        for listed in _LIST.findall(words)
        for number in re.findall(r"\b\d{1,4}\b", re.sub(r"\b(?:ust|pkt|lit) \w+", "", listed))
        if int(number) in _ARTICLES
    ]
    codes += [code for code, pattern in _WORDS if pattern.search(words)]
    if "art96" in codes and "inne spoleczne" in words:
        codes[codes.index("art96")] = GENERAL
    return codes or ([GENERAL] if _GENERAL.search(words) else [])
