"""Words that say that nobody has decided yet."""

import re

from registry.spreadsheets.repairs.text import fold

_UNDECIDED = re.compile(
    r"\bdo (?:ustalenia|uzgodnienia|okreslenia|potwierdzenia|decyzji)\b|\bnie ?(?:ustalon|okreslon|zdecydowan|znan)|"
    r"\bpo (?:uzyskaniu|otrzymaniu|podpisaniu|zakonczeniu)\b|\bw(?:g|edlug) potrzeb|\bna biezaco\b|\bw trakcie ustal|"
    r"\btbd\b|\bw zaleznosci\b|\bw miare\b|\bniezwlocznie\b"
)


def is_undecided(text):
    """Whether a cell says "do ustalenia", "wg potrzeb", "po uzyskaniu dofinansowania" or something like it."""
    return bool(_UNDECIDED.search(fold(text)))
