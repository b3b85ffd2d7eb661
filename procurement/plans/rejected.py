"""Refused rows in one layout of ours, whatever tables they came from; it is read as any other plan."""

from datetime import date
from decimal import Decimal

from procurement.choices import Nature
from procurement.opening import opening_words
from procurement.plans import words

COLUMNS = {
    "position": "Pozycja planu",
    "subject": "Przedmiot zamówienia",
    "nature": "Rodzaj zamówienia",
    "mode": "Przewidywany tryb albo procedura udzielenia zamówienia",
    "value": "Orientacyjna wartość zamówienia",
    "opening": "Przewidywany termin wszczęcia postępowania",
    "cpv": "Kody CPV",
    "parts": "Liczba części",
    "clauses": "Klauzule społeczne",
    "remarks": "Informacje dodatkowe",
    "update": "Informacja na temat aktualizacji",
}


def as_sheet(drafts):
    """(heading, [(cells, reason)]). What a title or a heading has said of a row is written into its cells."""
    return list(COLUMNS.values()), [(_cells(one), _reason(one["rejection"])) for one in drafts]


def _cells(draft):
    texts, values = dict(draft["texts"]), draft["values"]
    if values.get("nature"):
        texts["nature"] = Nature(values["nature"]).label
        if values.get("is_social"):
            texts["nature"] = "usługi społeczne i inne szczególne usługi"
    texts["value"] = _value(texts.get("value", ""), values, draft["headings"].get("value", "").lower())
    if values.get("opens_on"):
        texts["opening"] = opening_words(date.fromisoformat(values["opens_on"]), values["opens_precision"])
    return [texts.get(name, "") for name in COLUMNS]


def _value(text, values, heading):
    """What was understood, as it was; else the text with what its heading said of the whole column."""
    if values.get("value"):
        # Not the words: their heading, "w tys. zł", is not that of this sheet.
        return words.typed_amount(Decimal(values["value"]), values["is_approximate"])
    said = (" tys." if "tys" in heading else "", " EUR" if "eur" in heading and "zł" not in heading else "",
            " brutto" if "brutto" in heading and "netto" not in heading else "")  # fmt: skip
    return text + "".join(word for word in said if word.strip(" .").lower() not in text.lower()) if text else ""


def _reason(told):
    return f"{told['column']}: {told['reason']}" if told["column"] else told["reason"]
