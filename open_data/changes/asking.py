"""What a query string of the feed asks for, or what is wrong with it (RFC 9457)."""

from dataclasses import dataclass

from open_data.api.problems import Invalid, Problem
from open_data.changes import reading
from open_data.changes.reading import Place
from open_data.choices import Dataset
from registry.fields import MOST_VALUES

USUAL, MOST = 200, 1_000
NOW, ROW = "teraz", "row"
PARAMETERS = ("cursor", "limit", "dataset", "include")
WRONG_CURSOR = f"To nie jest kursor. Podaj ten z ostatniej odpowiedzi, „{NOW}” albo pomiń parametr."
_BY_NAME = {dataset.label: dataset for dataset in Dataset}
_AFRESH = (
    "Od tego kursora nie da się już iść dalej: części zmian po nim nie trzymamy albo wydała go inna baza. Usuń swoją"
    " kopię i zacznij od nowa: od kursora z pola „cursor” (każdy obiekt będzie raz) albo od pełnego zrzutu danych"
    " z pola „dump” i kursora, który jest przy nim."
)


@dataclass(frozen=True)
class Asked:
    """`place` is where to go on from; None asks for nothing but where the feed ends."""

    place: Place | None
    limit: int
    datasets: list
    with_rows: bool


def asked(query):
    """The Asked of a QueryDict; raises Problem."""
    errors = {
        name[:40]: f"Nie ma takiego parametru. Są: {', '.join(PARAMETERS)}."
        for name in query
        if name not in PARAMETERS
    }
    errors |= {
        name: "Podaj ten parametr raz." for name in ("cursor", "limit", "include") if len(query.getlist(name)) > 1
    }
    limit = _limit(query.get("limit", str(USUAL)), errors)
    if query.get("include", ROW) != ROW:
        errors["include"] = f"Można dołączyć tylko {ROW}."
    names = list(dict.fromkeys(name for name in query.getlist("dataset") if name))
    if strange := [name for name in names if name not in _BY_NAME]:
        errors["dataset"] = f"Nie ma zbioru „{strange[0][:40]}”. Są: {', '.join(_BY_NAME)}."
    if len(query.getlist("dataset")) > MOST_VALUES:
        errors["dataset"] = f"Podaj najwyżej {MOST_VALUES} wartości."
    try:
        place = _place(query.get("cursor"))
    except ValueError:
        errors["cursor"] = WRONG_CURSOR
    except reading.CursorGone as error:
        if not errors:
            raise gone() from error
    if errors:
        raise Invalid(errors)
    return Asked(place, limit, [_BY_NAME[name] for name in names], "include" in query)


def gone():
    return Problem(410, _AFRESH, cursor=reading.first_cursor(), successor="/api/v1/zmiany/", dump="/otwarte-dane/")


def _place(cursor):
    if cursor in (None, NOW):
        return None if cursor else Place()
    return reading.read(cursor)


def _limit(text, errors):
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST):
        errors["limit"] = f"Liczba od 1 do {MOST}."
        return USUAL
    return int(text)
