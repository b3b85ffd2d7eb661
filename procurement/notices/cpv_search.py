"""Finding CPV codes by digits, or by words in any of their Polish forms."""

import re
from functools import lru_cache

from core.polish import fold, index_terms, words
from procurement.matching.kinds import all_topics
from procurement.matching.topics import recognised
from registry.codes import cpv_writing
from registry.models import CpvCode, DictionaryLoad

MOST = 20


def found(query):
    """Codes that begin with the digits, or whose names have every word; short names, thus whole branches, first.

    Words that no name has lead to the codes of the kind of work they mean.
    """
    query = query.strip()
    if re.match(r"[0-9]", query):
        return _by_digits(query)
    asked = [(fold(word), frozenset(index_terms(word))) for word in words(query)[:6] if len(word) > 2]
    if not asked:
        return []
    load = DictionaryLoad.objects.filter(name="cpv").values_list("sha256", flat=True).first()
    ids = [code for code, terms in _named(load) if all(_has(terms, *word) for word in asked)][:MOST]
    ids = ids or _of_work(query)
    known = CpvCode.objects.in_bulk(ids)
    return [known[code] for code in ids if code in known]


def _of_work(query):
    """Codes of the kind of work that the words name, though no code is called so ("obiady"), the surest kind first."""
    kinds = sorted(recognised(query).items(), key=lambda kind: -kind[1][0])
    starts = [start for code, _ in kinds for start in all_topics()[code].cpv]
    return list(dict.fromkeys(start.ljust(8, "0") for start in starts))[:MOST]


def _by_digits(query):
    digits = re.sub(r"\D", "", query, flags=re.ASCII)[:8]
    written = cpv_writing(query)
    exact = list(CpvCode.objects.filter(pk=written.code8)) if written else []
    begun = CpvCode.objects.filter(code8__startswith=digits.rstrip("0") or digits).order_by("code8")
    return list(dict.fromkeys([*exact, *begun[:MOST]]))[:MOST]


def _has(terms, folded, lemmas):
    """Whether a name has the word, or, of four letters at least, one that begins like it."""
    return bool(lemmas & terms) or (len(folded) > 3 and any(term.startswith(folded) for term in terms))


@lru_cache(maxsize=1)
def _named(_load):
    """[(code, terms of its name)], short names first; read anew when the dictionary was loaded anew."""
    rows = CpvCode.objects.values_list("code8", "label_pl")
    named = [(code, frozenset(index_terms(label)) | {fold(word) for word in words(label)}) for code, label in rows]
    return sorted(named, key=lambda row: (len(row[1]), row[0]))
