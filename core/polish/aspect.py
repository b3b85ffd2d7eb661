"""Verbs that say the same of work under way and of work done: sprzątać and posprzątać.

A prefix may complete a verb (umyć, wykosić) or change it (opracować, zamówić), and no dictionary tells which. It never
changes a borrowed verb in -ować (wyremontować, zeskanować) but the few below, nor does po- before a long verb in -ać
(pozamiatać, poukładać); od- may undo (odinstalować). Of the old short verbs those are listed that name a trade; so are
verbs that end in two ways.

Two verbs with different prefixes do not meet, though both meet the one without: przemalować is not pomalować.
"""

from functools import lru_cache

from core.polish.dictionary import lookup

_PREFIXES = ("po", "wy", "u", "o", "ob", "z", "s", "ś", "ze", "na", "prze", "za", "od")
TRADES = {
    verb: frozenset(prefixes)
    for verb, *prefixes in map(
        str.split,
        """
        badać prze z, barwić za, bielić po wy, budować od prze wy z, burzyć wy z, chłodzić o s, chronić o,
        ciąć na po prze, czesać u, czyścić o prze wy, czytać prze, doić wy, dusić u, dzielić po, golić o, gościć u,
        grabić wy z, gromadzić z, karmić na, kisić u za, kleić na po s, kopać prze wy, korzystać s, kosić o s wy,
        kreślić na wy, krochmalić wy, kroić po, kruszyć po s, leczyć wy, lepić u, liczyć ob po prze, łamać po z,
        łatać za, łączyć po, łowić z, malować na od po prze wy za, mielić z, mierzyć po z, mieszać wy z, mrozić za z,
        myć o po prze u wy z, niszczyć z, orać za, ostrzyć na za, palić na s, parzyć za, piec u, pielić o wy,
        pisać na, pleść s u za, płukać o s wy, prać prze u wy, programować za, prowadzić po prze, rąbać po,
        remontować od wy, robić z, rzeźbić wy, sadzić ob na po za, siać ob po za, skrobać o wy, słodzić po, smażyć u,
        solić po za, sprzątać po u wy, stroić u wy, strugać wy, strzyc o wy, suszyć o u wy, szkolić prze wy,
        szyć na ob prze u wy z, śpiewać za, tkać u, tłoczyć wy, tłumaczyć prze, trzepać wy, tworzyć s u, uczyć na,
        stosować za, ważyć z, wędzić u, wiązać po z, wieźć od prze za, wiercić na prze wy, wietrzyć prze wy, zdobić o,
        złocić po, żywić wy
        """.split(","),
    )
}
_ENDINGS = [
    pair.split()
    for pair in """
        dostarczyć dostarczać, dowieźć dowozić, kupić kupować, nagłośnić nagłaśniać, naprawić naprawiać,
        obsłużyć obsługiwać, odebrać odbierać, odkurzyć odkurzać, odśnieżyć odśnieżać, ogrodzić ogradzać,
        oprawić oprawiać, opracować opracowywać, oświetlić oświetlać, podlać podlewać, przerobić przerabiać,
        przewieźć przewozić, przyciąć przycinać, przygotować przygotowywać, rozwieźć rozwozić, sprzedać sprzedawać,
        ułożyć układać, utrzymać utrzymywać, wesprzeć wspierać, wyciąć wycinać, wykonać wykonywać, wymienić wymieniać,
        wynająć wynajmować, wypożyczyć wypożyczać, wywieźć wywozić, zabezpieczyć zabezpieczać, złożyć składać
    """.split(",")
]
OTHER_ENDING = dict(_ENDINGS) | {other: one for one, other in _ENDINGS}
# In -ować, and still another thing with a prefix: opracować, wyobrazować.
_CHANGED = frozenset("litować lubować obrazować panować polować powodować pracować stępować wodować".split())
_SHORTEST_LONG = 6


@lru_cache(maxsize=20_000)
def counterparts(verb):
    """For an infinitive its other aspects: sprzątać → posprzątać, wysprzątać; posprzątać → sprzątać. Else nothing."""
    if not verb.endswith(("ć", "c")):
        return ()
    found = [OTHER_ENDING[verb]] if verb in OTHER_ENDING else []
    found += [prefix + verb for prefix in _PREFIXES if _completes(prefix, verb)]
    for prefix in _PREFIXES:
        bare = verb.removeprefix(prefix)
        if bare != verb and _completes(prefix, bare):
            found.append(bare)
    return tuple(found)


def _completes(prefix, verb):
    done = prefix + verb
    if verb in TRADES:
        return prefix in TRADES[verb]
    if verb in _CHANGED or not (_is_lemma(verb) and _is_lemma(done)):
        return False
    if verb.endswith("ować"):
        regular = prefix != "od"
    else:
        regular = prefix == "po" and verb.endswith("ać") and len(verb) >= _SHORTEST_LONG
    return regular and _is_under_way(verb) and not _is_under_way(done)


def _is_lemma(form):
    return form in lookup(form)[0]


def _is_under_way(verb):
    """Only a verb of unfinished work has this participle: sprzątając, malując, oferując."""
    endings = ("ować", "ywać", "iwać")
    participle = f"{verb[:-4]}ując" if verb.endswith(endings) else f"{verb[:-1]}jąc"
    return verb in lookup(participle)[0] or verb in lookup(f"{verb[:-3]}jąc")[0]
