"""The filters of /zamowienia/ as people see them."""

from dataclasses import replace

from core.templatetags.portal import money
from procurement.choices import EntryType, Nature
from registry.fields import shown
from registry.panel import Group, Option, errors, group

TYPE_WORDS = {"plan": "plany postępowań", "ogloszenie": "ogłoszenia", "wynik": "wyniki"}


def groups(result):
    labels = result.found.labels
    years = sorted({*result.counts.of("year"), *result.found.asked("year")}, reverse=True)
    clauses = {code: labels.clause_words(code) for code in labels.clause}
    return [
        _with_open(group(result, "type", TYPE_WORDS), result),
        group(result, "clause", clauses),
        group(result, "art", labels.article, closed=True),
        group(result, "powiat", labels.county),
        group(result, "kind", dict(Nature.choices)),
        _buyers(result),
        group(result, "year", {year: year for year in years}, closed=True),
    ]


def chip(found, name, value):
    """One active filter in words."""
    label, faulty = found.filters[name].label, name in errors(found)
    code = next(iter(found.in_dictionary(name, [value])), value) if name in found.dictionaries else value.strip()
    if name == "open":
        return label if value.strip() == "1" else f"{label}: {shown(value)}"
    if name in ("value_from", "value_to"):
        amount = None if faulty else found.form.cleaned_data.get(name)
        return f"{label} {shown(value) if amount is None else money(amount)}"
    if (name, value) in [wrong[:2] for wrong in found.corrections]:
        return f"{label}: {shown(value)}"
    words = {
        "type": EntryType(code).label if code in EntryType.values else "",
        "kind": Nature(code).label if code in Nature.values else "",
        "powiat": found.labels.county_words(code),
        "clause": found.labels.clause_words(code),
        "art": found.labels.article.get(code),
        "buyer": found.labels.buyer[code].name if code in found.labels.buyer else "",
        "cpv": found.labels.cpv.get(code),
    }.get(name)
    return words or f"{label}: {shown(value)}"


def amounts(found):
    """The two fields of values: [{name, label, value, error}]. What was typed stays."""
    faults = errors(found)
    return [
        {
            "name": name,
            "label": found.filters[name].label,
            "value": found.data.get(name, ""),
            "error": faults.get(name, ""),
        }
        for name in ("value_from", "value_to")
    ]


def _with_open(types, result):
    """What one may still answer stands beside the types."""
    fault = errors(result.found).get("open", "")
    asked = bool(result.found.asked("open"))
    count = result.counts.of("open").get("1", 0)
    option = Option("open", "1", result.found.filters["open"].label.lower(), count, asked)
    options = [*types.options, option] if count or asked else types.options
    return replace(types, options=options, error=" ".join(filter(None, [types.error, fault])))


def _buyers(result):
    """The buyers with most orders, in alphabetical order; the counts are by their ids."""
    counts, asked = result.counts.of("buyer"), set(result.found.asked("buyer"))
    options = [
        Option("buyer", slug, buyer.name, counts.get(str(buyer.id), 0), slug in asked)
        for slug, buyer in sorted(result.buyers.items(), key=lambda one: (one[0] not in asked,))
    ]
    error = errors(result.found).get("buyer", "")
    return Group("buyer", result.found.filters["buyer"].label, options, error=error, open=bool(asked or error))
