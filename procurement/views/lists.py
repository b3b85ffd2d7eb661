from django.shortcuts import render
from django.utils import timezone

from procurement.filters import PostingFilter
from procurement.outlets import panel, rows
from procurement.outlets.results import PostingResult
from procurement.outlets.versions import versioned
from registry.panel import address, chips, chosen, code_values, errors
from registry.views.lists import code_in_words, corrections, looser_url, sorts


@versioned
def posting_list(request):
    """Positions of plans, notices and results together. htmx gets the result and its filters alone."""
    found = PostingFilter(request.GET, now=timezone.now())
    result = PostingResult(found, getattr(request, "version", None))
    page = result.page(request)
    context = {
        "found": found,
        "result": result,
        "page": page,
        "rows": [rows.posting_row(entry, found.labels, terms=result.terms, now=found.now) for entry in page],
        "groups": panel.groups(result),
        "amounts": panel.amounts(found),
        "chips": chips(found, panel.chip),
        "chosen": len(chosen(found)),
        "q": found.data.get("q", ""),
        "code": code_values(found, "cpv"),
        "errors": errors(found),
        "clear_url": address(found.data, clear=[name for name in found.filters if name not in ("q", "sort")]),
        "query": address(found.data, clear=["sort"]).removesuffix("?"),
        "instead_url": result.instead and address(found.data, q=result.instead.text),
        "corrections": corrections(found),
        "cpv": code_in_words(found),
        "looser": [{"label": one.label, "url": looser_url(found, one)} for one in result.looser],
        "sorts": sorts(result),
    }
    fragment = request.htmx and not request.htmx.history_restore_request
    return render(request, f"procurement/posting_list.html{'#found' if fragment else ''}", context)
