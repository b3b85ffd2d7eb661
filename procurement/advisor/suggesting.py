"""Codes of CPV that the typed words may mean: labels that hold the words, then the codes of the category they name."""

from django.db.models import Q

from core.polish import fold, index_terms, query_terms, query_words
from registry.admin.words import pattern
from registry.models import CpvCode
from registry.use_cases.imports.offers import Classifier

SHOWN = 6
# As many letters of a word as its forms have in common, at the least: "sprzątanie", "sprzątania".
_ENDING, _SHORTEST = 3, 4
_MOST_CANDIDATES = 400


def suggested(text):
    """At most SHOWN CpvCodes, the likeliest first. Words that no label knows lead to the category of offers."""
    wanted = query_terms(text)
    ranked = sorted(_candidates(text), key=lambda code: _rank(code, wanted))
    found = [code for code in ranked if _met(code, wanted) == len(wanted)]
    found += _of_category(text)
    found += ranked
    return list({code.pk: code for code in found}.values())[:SHOWN]


def _candidates(text):
    words = [fold(word) for word in query_words(text)]
    beginnings = [word[: max(len(word) - _ENDING, _SHORTEST)] for word in words if len(word) >= _SHORTEST]
    if not beginnings:
        return []
    any_word = Q()
    for beginning in beginnings:
        any_word |= Q(label_pl__regex=rf"\m{pattern(beginning)}")
    return CpvCode.objects.filter(any_word).order_by("code8")[:_MOST_CANDIDATES]


def _rank(code, wanted):
    """Most words met, then the shortest label, then the widest code."""
    return -_met(code, wanted), len(code.label_pl), code.code8


def _met(code, wanted):
    has = set(index_terms(code.label_pl))
    return sum(1 for terms in wanted if not has.isdisjoint(terms))


def _of_category(text):
    """Codes of the category that the words name, the nearest first."""
    suggestion = Classifier().suggest(text.lower())
    if not suggestion.category:
        return []
    codes = CpvCode.objects.filter(categories=suggestion.category).order_by("code8")
    return sorted(codes, key=lambda code: code.pk != suggestion.cpv)
