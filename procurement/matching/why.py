"""Why somebody is suggested, in one line: only what the register shows to everybody."""

from core.templatetags.portal import date_words, plural
from procurement.matching.kinds import all_topics
from procurement.matching.scoring import has_same_code, references_for
from registry.choices import Activity, TargetGroup

GROUNDS = {
    "prawo": "może startować z art. 94 z mocy ustawy",
    "zpch": "zakład pracy chronionej (art. 94)",
    "deklaracja": "deklaruje warunki z art. 94",
    "grupy": "podaje grupy z art. 94, warunków nie deklaruje",
}
CITED = 60


def why(need, match):
    """ "Oferta „Koszenie trawników”: ten sam kod CPV; działa w: powiat świdnicki; status PS"."""
    candidate, score = match.candidate, match.score
    parts = [_work(need, candidate, score)]
    if need.serving:
        parts.append(f"działa na obszarze: {need.area_words}" if score.is_served else "nie podaje, że tu działa")
    if candidate.ground and (need.reserved or candidate.ground != "grupy"):
        parts.append(GROUNDS[candidate.ground])
    same = [TargetGroup(code).label for code in candidate.groups if code in need.groups]
    if same:
        parts.append(f"zatrudnia lub wspiera: {', '.join(same)}")
    if candidate.ps:
        parts.append("przedsiębiorstwo społeczne")
    if candidate.mark:
        until = f" do {date_words(candidate.mark_until)}" if candidate.mark_until else ""
        parts.append(f"znak Zakup Prospołeczny{until}")
    if done := references_for(need, candidate):
        parts.append(_reference(done))
    if candidate.capacity and candidate.offer_id:
        parts.append(f"ile i jak szybko: {candidate.capacity}")
    if candidate.activity == Activity.INACTIVE:
        parts.append("prawdopodobnie nieaktywny")
    elif candidate.verified_on:
        parts.append(f"dane potwierdzono {date_words(candidate.verified_on)}")
    return "; ".join(parts)


def _work(need, candidate, score):
    same = _codes(need, candidate, score.cpv)
    topics = [all_topics()[code].label for code, part in score.topics.items() if part >= 0.3]
    reasons = [same] if same else []
    if topics:
        reasons.append(f"rodzaj pracy: {' i '.join(topics[:2])}")
    if score.words >= 0.3:
        reasons.append("te same słowa")
    said = ", ".join(reasons) or "podobne słowa"
    if candidate.offer_id is None:
        return f"opis działalności: {said}"
    return f"oferta „{candidate.name}”: {said}"


def _codes(need, candidate, likeness):
    """A code that a program has suggested for the offer, and nobody has confirmed, is said to be so."""
    if likeness < 0.4:
        return ""
    words = "ten sam kod CPV" if has_same_code(need, candidate) else "pokrewny kod CPV"
    return words if candidate.is_confirmed else f"{words} (niepotwierdzony)"


def _reference(references):
    first = references[0]
    more = len(references) - 1
    others = f" i {more} {plural(more, 'inna,inne,innych')}" if more else ""
    return f"referencja: {first.client[:CITED]}, {first.year}{others}"
