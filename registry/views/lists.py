from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from registry import facets, panel, rows
from registry.filters import CatalogueFilter, OfferFilter
from registry.listing import RELEVANCE
from registry.models import CatalogueEntry, OfferEntry
from registry.results import Result
from registry.versions import versioned
from registry.views.map import map_context


@versioned
def organisation_list(request):
    """The catalogue: a list, or the same result on a map. htmx gets the result and its filters alone."""
    found = CatalogueFilter(request.GET, queryset=CatalogueEntry.objects.all())
    if found.card and found.named:
        return _jump(request, found.card.get_absolute_url())
    result = Result(found, facets.CATALOGUE)
    page = result.page(request)
    entries = list(page)
    offers, today = result.offers_of(entries), timezone.localdate()
    context = _context(request, result, page) | {
        "groups": panel.organisation_groups(result),
        "rows": [
            rows.organisation_row(
                entry, found.labels, terms=result.terms, offers=offers.get(entry.pk, ()), today=today
            )
            for entry in entries
        ],
        "other_area": _other_area(found),
        "exports": [(name, f"/katalog/eksport.{name.lower()}") for name in ("CSV", "XLSX", "JSON", "GeoJSON")],
    }
    if found.is_valid() and found.form.cleaned_data["view"] == "mapa":
        context["map"] = map_context(request, result)
    return _render(request, "registry/organisation_list.html", context)


@versioned
def offer_list(request):
    """Products and services, one line each."""
    found = OfferFilter(request.GET, queryset=OfferEntry.objects.all())
    result = Result(found, facets.OFFERS)
    page = result.page(request)
    context = _context(request, result, page) | {
        "groups": panel.offer_groups(result),
        "rows": [
            rows.offer_row(entry, found.labels, terms=result.terms, today=timezone.localdate()) for entry in page
        ],
    }
    return _render(request, "registry/offer_list.html", context)


def _context(request, result, page):
    found, errors = result.found, panel.errors(result.found)
    return {
        "found": found,
        "result": result,
        "page": page,
        "chips": panel.chips(found),
        "chosen": len(panel.chosen(found)),
        "q": found.data.get("q", ""),
        "codes": {name: panel.code_values(found, name) for name in ("cpv", "pkd", "area") if name in found.filters},
        "errors": errors,
        "clear_url": panel.address(
            found.data, clear=[name for name in found.filters if name not in ("q", "sort", "view")]
        ),
        "query": panel.address(
            found.data, clear=("view", "sort"), **({"q": result.instead.text} if result.instead else {})
        ).removesuffix("?"),
        "instead_url": result.instead and panel.address(found.data, q=result.instead.text),
        "corrections": corrections(found),
        "cpv": code_in_words(found),
        "looser": [{"label": one.label, "url": looser_url(found, one)} for one in result.looser],
        "sorts": sorts(result),
    }


def corrections(found):
    """[{label, url}] of the list with a right code in place of each wrong one."""
    return [{"label": right, "url": _corrected(found, name, wrong, right)} for name, wrong, right in found.corrections]


def _corrected(found, name, wrong, right):
    """The address of this list with the right code in place of the wrong one."""
    data, code = found.data.copy(), right.partition(" ")[0]
    data.setlist(name, [code if value.strip() == wrong.strip() else value for value in data.getlist(name)])
    return panel.address(data)


def code_in_words(found):
    """The code that the words searched for were taken for, and the address of the list under its filter."""
    code = found.search and found.search.cpv
    if not code:
        return None
    label = found.labels.cpv[f"{code:08}"]
    data = found.data.copy()
    data.setlist("cpv", [label.partition(" ")[0]])
    return {"label": label, "url": panel.address(data, clear=["q"])}


def looser_url(found, one):
    """The address of the list with what registry.looser found."""
    filters = () if one.without else [name for name in found.filters if name not in ("q", *panel.SETTINGS)]
    return panel.address(found.data, clear=filters, q=one.search.text)


def _other_area(found):
    """The name of a served area that is asked for and is no county, so that the list of counties can hold it."""
    code = panel.code_values(found, "area")["first"]
    return "" if code in found.labels.county else found.labels.area_words(code) or code


def sorts(result):
    """Options of the order. The usual one has no value: a search made from a list is ranked, not sorted by name."""
    options = result.found.filters["sort"].extra["choices"]
    return [
        ("" if value == result.usual_sort else value, label, value == result.sort)
        for value, label in options
        if value != RELEVANCE or result.usual_sort == RELEVANCE
    ]


def _render(request, template, context):
    fragment = request.htmx and not request.htmx.history_restore_request
    return render(request, f"{template}#found" if fragment else template, context)


def _jump(request, url):
    # A redirect that htmx follows would end inside the list.
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)
