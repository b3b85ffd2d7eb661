"""What a query string of the feed asks for, or what is wrong with it (RFC 9457)."""

from dataclasses import dataclass

from core.commit_order import Mark
from open_data.changes import reading
from open_data.choices import Dataset

USUAL, MOST = 200, 1_000
NOW = "teraz"
PARAMETERS = ("od", "limit", "dataset")
_BY_NAME = {dataset.label: dataset for dataset in Dataset}
_AFRESH = (
    "Kursor wydała baza, z której ta jest kopią, albo miejsce, do którego ta jeszcze nie doszła. Zacznij od nowa od"
    " pełnego zrzutu z ostatniej nocy (/otwarte-dane/) i od kursora, który jest przy nim, albo bez parametru „od”."
)


class Problem(Exception):
    """Ends the request. `errors` is {parameter: why}, as the API tells of its own."""

    def __init__(self, status, title, detail, errors=()):
        super().__init__(detail)
        self.status, self.title, self.detail, self.errors = status, title, detail, dict(errors)


@dataclass(frozen=True)
class Asked:
    """`mark` is where to go on from; with `is_now` nothing is asked for but where the feed ends."""

    mark: Mark
    limit: int
    datasets: list
    is_now: bool


def asked(query):
    """The Asked of a QueryDict; raises Problem."""
    errors = {name[:40]: "Nie ma takiego parametru." for name in query if name not in PARAMETERS}
    for name in ("od", "limit"):
        if len(query.getlist(name)) > 1:
            errors[name] = "Podaj ten parametr raz."
    limit = _limit(query.get("limit", ""), errors)
    unknown = [name for name in query.getlist("dataset") if name not in _BY_NAME]
    if unknown:
        errors["dataset"] = f"Nie ma zbioru „{unknown[0][:40]}”. Są: {', '.join(_BY_NAME)}."
    cursor, mark = query.get("od", ""), Mark()
    is_now = cursor == NOW
    if cursor and not is_now:
        try:
            mark = reading.read(cursor)
        except ValueError:
            errors["od"] = "To nie jest kursor. Podaj ten z odpowiedzi, „teraz” albo nic."
        except reading.CursorOfAnotherServer as gone:
            raise Problem(410, "Ten kursor już nic nie znaczy", _AFRESH) from gone
    if errors:
        detail = " ".join(f"{name}: {why}" for name, why in errors.items())
        raise Problem(400, "Nieprawidłowe zapytanie", detail, errors)
    datasets = [_BY_NAME[name] for name in dict.fromkeys(query.getlist("dataset"))]
    return Asked(mark, limit, datasets, is_now)


def _limit(text, errors):
    if not text:
        return USUAL
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST):
        errors["limit"] = f"Podaj liczbę od 1 do {MOST}."
        return USUAL
    return int(text)
