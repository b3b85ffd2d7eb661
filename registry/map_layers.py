"""What the map draws of a result of the catalogue: counts by county and municipality, points of a small part."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from registry.models import County, Municipality

MAX_POINTS = 400


@dataclass(frozen=True)
class Frame:
    """The part of the map in sight, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def parse(cls, text):
        """ "16.5,50.9,17.4,51.3" (west, south, east, north); ValueError for anything that is no part of the Earth."""
        west, south, east, north = (float(part) for part in text.split(","))
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise ValueError(text)
        return cls(west, south, east, north)


class PlaceCounts:
    """How many of these entries stand in each county and municipality: one reading of them all."""

    def __init__(self, entries):
        exact = Count("pk", filter=Q(latitude__isnull=False))
        rows = entries.order_by().values_list("county_id", "municipality_id").annotate(all=Count("pk"), exact=exact)
        self.by_county, self.by_municipality = Counter(), {}
        for county, municipality, count, exact in rows:
            self.by_county[county] += count
            if municipality:
                self.by_municipality[municipality] = count, exact

    def counties(self):
        """Every county by name: {id, name, count}, also those where nothing was found. One query."""
        return [
            {"id": county.teryt, "name": str(county), "count": self.by_county[county.teryt]}
            for county in County.objects.defer("boundary").order_by("sort_key", "teryt")
        ]

    def municipalities(self):
        """Where something was found: {id, name, county, lat, lon, count, exact}; `exact` with coordinates."""
        places = Municipality.objects.filter(pk__in=self.by_municipality, latitude__isnull=False).defer("boundary")
        return [
            {
                "id": place.teryt,
                "name": place.label,
                "county": place.county_id,
                "lat": place.latitude,
                "lon": place.longitude,
                "count": self.by_municipality[place.teryt][0],
                "exact": self.by_municipality[place.teryt][1],
            }
            for place in places.order_by("sort_key", "teryt")
        ]


def points(entries, frame):
    """Places in sight that have coordinates: {lat, lon, count, name, slug, gmina}, the last three of one found there.

    At most MAX_POINTS, the fullest first: a wider view is for the counts.
    """
    rows = (
        entries.order_by()
        .filter(latitude__range=(frame.south, frame.north), longitude__range=(frame.west, frame.east))
        .values("latitude", "longitude")
        .annotate(count=Count("pk"), name=Min("name"), slug=Min("slug"), gmina=Min("municipality_id"))
        .order_by("-count", "latitude", "longitude")[:MAX_POINTS]
    )
    return [
        {
            "lat": row["latitude"],
            "lon": row["longitude"],
            "count": row["count"],
            "name": row["name"],
            "slug": row["slug"],
            "gmina": row["gmina"],
        }
        for row in rows
    ]


def boundaries(level):
    """GeoJSON of all counties ("powiat") or municipalities ("gmina") that have a boundary; feature ids are TERYT."""
    if level == "powiat":
        places = [(place, str(place)) for place in County.objects.exclude(boundary=None).order_by("teryt")]
    else:
        places = [(place, place.label) for place in Municipality.objects.exclude(boundary=None).order_by("teryt")]
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": place.teryt, "properties": {"name": name}, "geometry": place.boundary}
            for place, name in places
        ],
    }
