"""The register on a map: the same counts as beside its list, by county and municipality, and single marks."""

from django.http import JsonResponse
from django.urls import reverse
from django.utils import timezone

from quality_mark.filters import RegisterFilter
from quality_mark.register.versions import versioned
from registry import map_layers


@versioned
def map_figures(request):
    """Counts of what this query string finds; `?ramka=` gives the marks in that frame."""
    found = RegisterFilter(request.GET, today=timezone.localdate())
    if not found.is_valid():
        return _answer({"error": found.reasons}, status=400)
    marks = found.found.placed()
    if "ramka" not in request.GET:
        counts = map_layers.PlaceCounts(marks)
        return _answer({"counties": counts.counties(), "municipalities": counts.municipalities()})
    try:
        frame = map_layers.Frame.parse(request.GET["ramka"])
    except ValueError:
        return _answer({"error": "ramka: zachód,południe,wschód,północ w stopniach"}, status=400)
    return _answer({"points": map_layers.points(marks, frame)})


def map_context(request, found, total):
    """What registry/_map.html shows, without a script too."""
    query, counts = request.GET.copy(), found.counts("powiat")
    for name in ("page", "view"):
        query.pop(name, None)
    names = found.known["powiat"]
    here = [code for code in names if not found.chosen["powiat"] or code in found.chosen["powiat"]]
    return {
        "query": query.urlencode(),
        "list": reverse("quality_mark:register"),
        "figures": reverse("quality_mark:register_map"),
        "places": reverse("quality_mark:verification_search"),
        "forms": "znak,znaki,znaków",
        "counties": [
            {"id": code, "name": names[code], "count": counts.get(code, 0), "url": _narrowed(query, code)}
            for code in here
        ],
        "elsewhere": total - sum(counts.get(code, 0) for code in here),
    }


def _narrowed(query, county):
    query = query.copy()
    query.pop("gmina", None)
    query["powiat"], query["view"] = county, "mapa"
    return f"?{query.urlencode()}"


def _answer(data, status=200):
    options = {"separators": (",", ":"), "ensure_ascii": False}
    return JsonResponse(data, status=status, json_dumps_params=options)
