"""Loading the counties and municipalities of one region from its folder of files (data/README.md)."""

import csv
import json
import tomllib
from collections import Counter

from core.polish import sort_key
from registry.choices import MunicipalityKind
from registry.models import County, Municipality, Region


def load_territory(*, folder, record):
    """Load the folder when it changed. `record` is the bookkeeping of registry.use_cases.dictionaries."""
    about = tomllib.loads((folder / "region.toml").read_text("utf-8"))
    paths = [folder / name for name in FILES]
    source = {
        "as_of": about["as_of"]["units"],
        "source": f"{about['source']['units']}; {about['source']['boundaries']}"[:300],
        "licence": f"{about['licence']['units']}; {about['licence']['boundaries']}"[:120],
    }
    return record(f"territory_{about['teryt']}", paths, source, lambda: _load(folder, about))


FILES = ("region.toml", "counties.csv", "municipalities.csv", "counties.geojson", "municipalities.geojson")


def _load(folder, about):
    region, _ = Region.objects.update_or_create(teryt=about["teryt"], defaults={"name": about["name"]})
    boundaries = _boundaries(folder / "counties.geojson")
    counties = [
        County(
            region=region,
            name=row["name"],
            is_city=row["city"] == "1",
            nuts3=row["nuts3"],
            subregion=row["subregion"],
            former_names=[name for name in row["former_names"].split("|") if name],
            sort_key=sort_key(row["name"]),
            **_place(row["teryt"], boundaries),
        )
        for row in _rows(folder / "counties.csv")
    ]
    rows = _rows(folder / "municipalities.csv")
    named = Counter(row["name"] for row in rows)
    boundaries = _boundaries(folder / "municipalities.geojson")
    municipalities = [
        Municipality(
            county_id=row["teryt"][:4],
            name=row["name"],
            kind=kind,
            label=f"{row['name']} ({kind.label})" if named[row["name"]] > 1 else row["name"],
            sort_key=sort_key(f"{row['name']} {kind}"),
            **_place(row["teryt"], boundaries),
        )
        for row in rows
        for kind in [MunicipalityKind(int(row["teryt"][6]))]
    ]
    _upsert(County, counties)
    _upsert(Municipality, municipalities)
    return len(counties) + len(municipalities)


def _upsert(model, objects):
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model.objects.bulk_create(objects, update_conflicts=True, unique_fields=["teryt"], update_fields=fields)


def _rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _boundaries(path):
    features = json.loads(path.read_text("utf-8"))["features"]
    return {feature["properties"]["teryt"]: feature["geometry"] for feature in features}


def _place(teryt, boundaries):
    geometry = boundaries.get(teryt)
    latitude, longitude = centroid(geometry) if geometry else (None, None)
    return {"teryt": teryt, "boundary": geometry, "latitude": latitude, "longitude": longitude}


def centroid(geometry):
    """(latitude, longitude) in degrees of the largest part of a GeoJSON Polygon or MultiPolygon.

    The planar formula is used on degrees: for a county the error is far below the accuracy of the boundary.
    """
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    area, x, y = max((_ring_centroid(polygon[0]) for polygon in polygons), key=lambda part: part[0])
    return round(y, 5), round(x, 5)


def _ring_centroid(ring):
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:], strict=False):
        cross = x0 * y1 - x1 * y0
        area += cross
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    return abs(area) / 2, x / (3 * area), y / (3 * area)
