"""How a row of the rules is named to people."""


def clause_words(kind):
    """ "art. 94 – zamówienie zastrzeżone"; without an article, as below the threshold of the act, the name alone."""
    return f"art. {kind.article} – {kind.label}" if kind.article[:1].isdigit() else kind.label
