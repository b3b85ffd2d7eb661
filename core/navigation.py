"""The public sections in the order of the masthead. An app adds its line here when its first page is public."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Section:
    label: str
    path: str


SECTIONS = (
    Section("Katalog", "/katalog/"),
    Section("Oferty", "/oferty/"),
    Section("Zamówienia", "/zamowienia/"),
    Section("Wydarzenia", "/wydarzenia/"),
    Section("Znak", "/znak/"),
)

# Pages beside the lists; the map of the site names them.
BESIDE = (
    Section("Kto to zrobi", "/zamowienia/kto-to-zrobi/"),
    Section("Doradca klauzul społecznych", "/zamowienia/doradca/"),
    Section("Statystyki zamówień", "/zamowienia/statystyki/"),
    Section("Rejestr znaków", "/znak/rejestr/"),
    Section("Sprawdź znak", "/znak/weryfikacja/"),
    Section("API dla programów", "/api/v1/docs/"),
)

FOOTER = (
    Section("Projekty", "/projekty/"),
    Section("Deklaracja dostępności", "/deklaracja-dostepnosci/"),
    Section("Prywatność", "/prywatnosc/"),
    Section("Źródła danych", "/zrodla-danych/"),
    Section("Kontakt", "/kontakt/"),
    Section("Mapa strony", "/mapa-strony/"),
)


def masthead(path=""):
    """The sections as rows `{label, path, current}`; `current` is the value of aria-current or an empty string.

    On the section's own list it is "page", on the pages under it "true": the section one is in, not the page.
    """
    return [
        {"label": section.label, "path": section.path, "current": _current(section.path, path)} for section in SECTIONS
    ]


def _current(section, path):
    if path == section:
        return "page"
    return "true" if path.startswith(section) else ""


def has_session(request):
    """Whether the visitor brought a session cookie. Asking the session itself would make the page vary by cookie."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES
