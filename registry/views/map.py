from django.http import JsonResponse
from django.urls import reverse

from registry import map_layers
from registry.filters import CatalogueFilter
from registry.models import CatalogueEntry
from registry.spelling import closest
from registry.versions import versioned

# Boundaries change when the law moves them: a day in the visitor's own cache is short enough.
KEEP_BOUNDARIES = "max-age=86400"


def map_boundaries(request):
    """GeoJSON of the counties, or of the municipalities with `?poziom=gmina`."""
    level = request.GET.get("poziom", "powiat")
    if level not in ("powiat", "gmina"):
        return _refused("poziom: powiat albo gmina")
    return _compact(map_layers.boundaries(level), headers={"Cache-Control": KEEP_BOUNDARIES})


@versioned
def map_figures(request):
    """Counts by county and municipality of what this query string finds; `?ramka=` gives the points in that frame."""
    found = CatalogueFilter(request.GET, queryset=CatalogueEntry.objects.all())
    if not found.is_valid():
        return _refused("; ".join(f"{name}: {' '.join(errors)}" for name, errors in found.form.errors.items()))
    entries = _entries(found)
    if "ramka" not in request.GET:
        counts = map_layers.PlaceCounts(entries)
        return _compact({"counties": counts.counties(), "municipalities": counts.municipalities()})
    try:
        frame = map_layers.Frame.parse(request.GET["ramka"])
    except ValueError:
        return _refused("ramka: zachód,południe,wschód,północ w stopniach")
    return _compact({"points": map_layers.points(entries, frame)})


def map_context(request, result):
    """What registry/_map.html shows without a script: what the list beside the map, a Result, has counted already."""
    query = request.GET.copy()
    for name in ("page", "view"):
        query.pop(name, None)
    labels, counts = result.found.labels, result.by_county
    return {
        "query": query.urlencode(),
        "list": reverse("registry:organisation_list"),
        "figures": reverse("registry:map_figures"),
        "places": reverse("registry:organisation_list"),
        "forms": "podmiot,podmioty,podmiotów",
        "counties": [
            {
                "id": code,
                "name": labels.county_words(code),
                "count": counts.get(code, 0),
                "url": _narrowed(query, code),
            }
            for code in labels.county
        ],
        "elsewhere": result.total - sum(counts.values()),
    }


def _entries(found):
    """What the list beside the map shows: for a word that stands nowhere, the matches of the one most like it."""
    if found.search and not found.named and not found.qs.exists():
        better = closest(found.search, CatalogueEntry)
        if better:
            return CatalogueEntry.objects.filter(*found.without_unknown(better).values())
    return found.qs


def _narrowed(query, county):
    query = query.copy()
    query.pop("gmina", None)
    query["powiat"] = county
    query["view"] = "mapa"
    return f"?{query.urlencode()}"


def _compact(data, **options):
    return JsonResponse(data, json_dumps_params={"separators": (",", ":"), "ensure_ascii": False}, **options)


def _refused(reason):
    return JsonResponse({"error": reason}, status=400, json_dumps_params={"ensure_ascii": False})
