"""PKD from the sheets that Statistics Poland (GUS) publishes: symbols in columns of their own, then the name.

The names of PKD 2025 (regulation of 18 December 2024) are not to be had as a data file, so a coordinator feeds the
sheet of gus.gov.pl, saved as XLSX, ODS or CSV.
"""

import re
from contextlib import closing

from django.db import transaction
from django.utils import timezone

from registry.models import DictionaryLoad, PkdCode
from registry.spreadsheets import UnreadableFile, open_file
from registry.use_cases.dictionaries import load_pkd

VERSIONS = (2007, 2025)
_LEVELS = (
    ("sekcja", re.compile(r"(?:sekcja\s+)?([A-V])", re.IGNORECASE)),
    ("dział", re.compile(r"(?:dział\s+)?(\d{2})", re.IGNORECASE)),
    ("podklasa", re.compile(r"(\d{2}\.\d{2}\.[A-Z])")),
)
_LETTER = re.compile(r"[^\W\d_]{3}")


@transaction.atomic
def load_sheet(*, path, version, as_of):
    """Add or rename the sections, divisions and subclasses of a sheet; returns how many.

    Raises UnreadableFile, one Polish sentence, when the file cannot be read or holds no classification.
    """
    with closing(open_file(path)) as file:
        rows = _entries(raw.cells for table in file.tables() for raw in table.raw_rows())
    if not any(row["level"] == "podklasa" for row in rows):
        raise UnreadableFile(
            "Nie znaleziono podklas PKD (00.00.A) z nazwami. Czy to arkusz ze strukturą klasyfikacji?"
        )
    count = load_pkd(rows, version=version)
    DictionaryLoad.objects.update_or_create(
        name=f"pkd_{version}",
        defaults={
            "as_of": as_of,
            "source": f"Polska Klasyfikacja Działalności {version}, GUS, wczytano z arkusza",
            "rows": PkdCode.objects.filter(version=version).count(),
            "sha256": f"{timezone.now():%Y%m%d%H%M%S}",
        },
    )
    return count


def _entries(rows):
    """[{"symbol", "level", "section", "name"}], each symbol once, those before the first section left out."""
    found, section = {}, ""
    for cells in rows:
        level, symbol, name = _entry([" ".join(cell.split()) for cell in cells if cell.strip()])
        if not name:
            continue
        section = symbol if level == "sekcja" else section
        if section:
            found.setdefault(symbol, {"symbol": symbol, "level": level, "section": section, "name": name[:400]})
    return list(found.values())


def _entry(texts):
    """(level, symbol, name) of a row that begins with a symbol, else blanks."""
    for level, pattern in _LEVELS:
        matched = pattern.fullmatch(texts[0]) if len(texts) > 1 else None
        if matched:
            # "01" may be followed by the symbols of lower levels before the name.
            name = next((text for text in texts[1:] if _LETTER.search(text)), "")
            return level, matched[1].upper(), name
    return "", "", ""
