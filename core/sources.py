"""Where the dictionaries come from, as their files in data/ say it, for /zrodla-danych/."""

import tomllib
from functools import cache

from django.conf import settings


@cache
def dictionaries():
    """Rows `{source, licence, as_of}` for this region's territory, then for each dictionary."""
    territory = _read(settings.TERRITORY_DIR / "region.toml")
    rows = [{key: territory[key][part] for key in ("source", "licence", "as_of")} for part in territory["source"]]
    return rows + list(_read(settings.BASE_DIR / "data" / "sources.toml").values())


def _read(path):
    return tomllib.loads(path.read_text("utf-8"))
