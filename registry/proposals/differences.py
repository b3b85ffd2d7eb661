"""Which words differ between two texts, marked by `<del>` and `<ins>`: a line through or under, not only colour."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join

PIECES = re.compile(r"\S+\s*|\s+")
# Beyond this comparing takes longer than reading: such texts are marked line by line, of too many lines whole.
MOST_PIECES = 3_000
# Of texts that share less than this, marks between the words would only hinder reading.
LEAST_ALIKE = 0.35


def marked(old, new):
    """(old with what goes in <del>, new with what comes in <ins>), as html."""
    if old == new:
        return _html([("", old)]), _html([("", new)])
    mine, theirs = _pieces(old, new)
    before, after = [], []
    # Space behind a word is shown with it, but makes no other word of it.
    words = [[piece.strip() for piece in pieces] for pieces in (mine, theirs)]
    matcher = SequenceMatcher(None, *words, autojunk=False)
    is_too_long = len(mine) + len(theirs) > MOST_PIECES
    if old and new and (is_too_long or matcher.ratio() < LEAST_ALIKE):
        return _html([("del", old)]), _html([("ins", new)])
    for what, a, b, c, d in matcher.get_opcodes():
        gone, come = "".join(mine[a:b]), "".join(theirs[c:d])
        if what == "equal":
            before.append(("", gone))
            after.append(("", come))
            continue
        if gone:
            before.append(("del", gone))
        if come:
            after.append(("ins", come))
    return _html(before), _html(after)


def _pieces(old, new):
    mine, theirs = PIECES.findall(old), PIECES.findall(new)
    if len(mine) + len(theirs) > MOST_PIECES:
        return old.splitlines(keepends=True), new.splitlines(keepends=True)
    return mine, theirs


def _html(parts):
    return format_html_join(
        "", "{}", ((format_html(f"<{tag}>{{}}</{tag}>", text) if tag else text,) for tag, text in parts)
    )
