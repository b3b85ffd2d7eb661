"""A process drawn as SVG by hand: one column, read from top to bottom, readable on a phone and on paper.

It has classes and no colours of its own: on a page the style sheet gives them, a file of the docs brings `STYLE`.
"""

import textwrap
from html import escape

from quality_mark.telling.way import ASIDE, MAIN

LINE, PAD, STEM, TEXT, GAP = 20, 10, 14, 34, 12
# The widest that a letter is on average: fonts differ.
LETTER = 7.7
STYLE = """<style>
.process{font:14px system-ui,sans-serif}.ink{fill:#1a1e22}.name{font-weight:600}.soft{fill:#4d545c}
.box{fill:#fffefb;stroke:#0c4d5b;stroke-width:2}.box.end{stroke:#81766a}.box.aside{stroke-dasharray:6 4}
.way{stroke:#0c4d5b;stroke-width:2;fill:none}.way.back{stroke-dasharray:2 3}.tip{fill:#0c4d5b}
@media(prefers-color-scheme:dark){.ink{fill:#f2ede3}.soft{fill:#b8b3a8}.box{fill:#1b2125;stroke:#8dc8d1}
.box.end{stroke:#818b91}.way{stroke:#8dc8d1}.tip{fill:#8dc8d1}}
</style>"""


def svg(places, *, title, key, says, width=340, style=""):
    """The drawing. `says(out)` puts a way out into words; `key` makes its ids the only ones of a page."""
    drawn, y = [], 2
    mains = [place.state for place in places if place.kind == MAIN]
    following = dict(zip(mains, mains[1:], strict=False))
    stem = None  # where the line begins that leads to the next state of the main way
    for place in places:
        left = TEXT if place.kind == ASIDE else 2
        if place.kind == MAIN and stem is not None:
            y += GAP
            drawn.append(_arrow(STEM, stem, y))
            stem = None
        if place.kind == ASIDE:
            y += GAP // 2
        box, bottom = _box(place, left, y, width)
        drawn.append(box)
        y = bottom
        onward = next((out for out in place.outs if out.target == following.get(place.state)), None)
        # The way onward is told last, where its arrow ends.
        for out in sorted(place.outs, key=lambda one: one is onward):
            lines, end = _branch(out, says(out), left + STEM - 2, bottom, y, width)
            drawn.append(lines)
            y = end
        if onward:
            stem = bottom
        else:
            y += GAP
    told = ". ".join(f"{one.label}: {'; '.join(map(says, one.outs)) or 'koniec'}" for one in places)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="process" viewBox="0 0 {width} {y + 2}" role="img" '
        f'aria-labelledby="{key}-title {key}-desc">'
    )
    names = f'<title id="{key}-title">{escape(title)}</title><desc id="{key}-desc">{escape(told)}.</desc>'
    return "\n".join([head, *filter(None, [style]), names, *drawn, "</svg>"]) + "\n"


def _box(place, left, y, width):
    lines = _wrapped(place.label, width - left - 2 * PAD - 2)
    height = len(lines) * LINE + PAD
    box = f'<rect class="box {place.kind}" x="{left}" y="{y}" width="{width - left - 2}" height="{height}" rx="6"/>'
    return box + _text(lines, left + PAD, y, "ink name"), y + height


def _branch(out, words, stem, top, y, width):
    """A line from the stem to the words of one way out, and where the next one may begin."""
    lines = _wrapped(words, width - stem - TEXT)
    middle, back = y + LINE // 2 + 4, " back" if out.is_undoing else ""
    path = f'<path class="way{back}" d="M{stem} {top}V{middle}H{stem + 10}"/>'
    return path + _tip(stem + 10, middle, "right") + _text(lines, stem + 22, y - 2, "soft"), y + len(lines) * LINE + 2


def _arrow(x, top, bottom):
    return f'<path class="way" d="M{x} {top}V{bottom - 6}"/>' + _tip(x, bottom - 7, "down")


def _tip(x, y, where):
    points = {"right": (x, y - 4, x + 7, y, x, y + 4), "down": (x - 4, y, x, y + 7, x + 4, y)}[where]
    return '<polygon class="tip" points="{} {} {} {} {} {}"/>'.format(*points)


def _text(lines, x, y, kind):
    spans = "".join(
        f'<tspan x="{x}" y="{y + (number + 1) * LINE - 1}">{escape(line)}</tspan>' for number, line in enumerate(lines)
    )
    return f'<text class="{kind}">{spans}</text>'


def _wrapped(words, width):
    return textwrap.wrap(words, int(width / LETTER))
