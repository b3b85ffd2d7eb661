"""From what a visitor typed to terms of the index, and back to the words of a text that it met."""

from core.polish.accents import restorations
from core.polish.folding import word_spans, words
from core.polish.lemmas import aspects, terms

_MOST_WORDS = 8
_LONGEST = 400
_ACCENTED = frozenset("ąćęłńóśźż")
# Words that say how others hang together, typed with Polish letters or without.
STOP_WORDS = frozenset(
    (
        *("a", "aby", "albo", "ale", "ani", "bez", "by", "być", "byc", "co", "czy", "dla", "do", "gdzie", "go", "i"),
        *("ich", "ile", "im", "jak", "jako", "jest", "jego", "jej", "je", "ku", "lecz", "lub", "ma", "mają", "maja"),
        *("między", "miedzy", "mi", "mnie", "na", "nad", "nam", "nas", "nie", "o", "od", "ode", "on", "ona", "oraz"),
        *("oto", "po", "pod", "poza", "przed", "przez", "przy", "są", "sa", "się", "sie", "ta", "tak", "także", "tam"),
        *("takze", "te", "tego", "tej", "ten", "też", "tez", "to", "tu", "tych", "tym", "u", "w", "we", "z", "za"),
        *("ze", "że"),
        # How a wish begins.
        *("chcę", "chce", "kto", "potrzebuję", "potrzebuje", "potrzebny", "potrzebna", "szukam", "szukamy"),
    )
)


def query_terms(text, *, stop_words=True):
    """For each of the words that count in `text` the set of index terms of which any one is a match.

    All sets together are to be met. No word at all gives []. Words without Polish letters also mean the accented
    words that they may stand for: the unknown ones always, the known ones when the whole text has no Polish letter
    ("laka" may be "łąka"). A verb also means what it is called when the work is done: "myć" and "umyć".
    """
    plain = _ACCENTED.isdisjoint(text)
    return [_alternatives(word, plain=plain) for word in query_words(text, stop_words=stop_words)]


def query_words(text, *, stop_words=True):
    """The first 8 different words of `text` that count, in lower case; of more than 400 characters the first ones.

    With `stop_words` words like "we" or "dla" are left out, unless there are no others.
    """
    typed = list(dict.fromkeys(words(text[:_LONGEST].lower())))
    if stop_words:
        typed = [word for word in typed if word not in STOP_WORDS] or typed
    return typed[:_MOST_WORDS]


def _alternatives(word, *, plain):
    found = {*terms(word), *aspects(word)}
    if plain:
        for form in restorations(word):
            found.update(terms(form), aspects(form))
    return frozenset(found)


def mark_matches(text, wanted):
    """`text` cut into (fragment, whether it is a word that meets `wanted`); the fragments joined are `text`.

    `wanted` is what query_terms gave, or terms of the index. Nothing is escaped here: a template does that.
    """
    single = set().union(*(([item] if isinstance(item, str) else item) for item in wanted))
    pieces, done = [], 0
    for start, end, word in word_spans(text) if single else ():
        if single.isdisjoint(terms(word.lower())):
            continue
        if start > done:
            pieces.append((text[done:start], False))
        pieces.append((text[start:end], True))
        done = end
    if done < len(text):
        pieces.append((text[done:], False))
    return pieces
