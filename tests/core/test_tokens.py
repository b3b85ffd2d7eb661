"""Every pair of colours that meets on a page is measured, in light, dark and high contrast."""

import re

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text("utf-8")
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)")
TEXT, CONTROL = 4.5, 3.0

ON_PAPER = ["ink", "ink-soft", "accent", "accent-strong", "good", "warn", "bad"]
WASHES = [
    ("accent-strong", "accent-wash"),
    ("good", "good-wash"),
    ("warn", "warn-wash"),
    ("bad", "bad-wash"),
    ("ink", "mark-wash"),
    ("on-mark", "mark"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    *((text, wash) for text in ("ink", "accent") for wash in ("accent-wash", "good-wash", "warn-wash", "bad-wash")),
]


def palette(contrast, side):
    """Token → colour for one scheme; high contrast overrides the ordinary one."""
    ordinary, _, override = TOKENS.partition('[data-theme="contrast"]')
    blocks = [ordinary, override.partition("@media")[0]] if contrast else [ordinary]
    return {name: pair[side] for block in blocks for name, *pair in PAIR.findall(block)}


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(letter * 2 for letter in colour[1:])
    channels = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("contrast", [False, True], ids=["ordinary", "contrast"])
def test_every_text_and_control_is_readable(contrast, side):
    colours = palette(contrast, side)
    needed = {(text, ground): TEXT for text in ON_PAPER for ground in ("paper", "raised", "sunk")}
    needed |= {(control, ground): CONTROL for control in ("line-strong", "focus") for ground in ("paper", "raised")}
    needed |= dict.fromkeys(WASHES, TEXT)
    if contrast:
        needed |= {("ink", "paper"): 21.0, ("accent", "paper"): 7.0, ("line", "paper"): 7.0}
    measured = {pair: round(ratio(colours[pair[0]], colours[pair[1]]), 2) for pair in needed}
    assert {pair: found for pair, found in measured.items() if found < needed[pair]} == {}


def test_the_hook_and_the_system_setting_give_the_same_high_contrast():
    hook = TOKENS.partition('[data-theme="contrast"] {')[2].partition("}")[0]
    system = TOKENS.partition(":root:not([data-theme]) {")[2].partition("}")[0]
    assert hook.split() == system.split()


def test_colours_are_named_nowhere_but_in_the_tokens():
    sheets = (settings.BASE_DIR / "static" / "css").glob("*.css")
    named = {
        path.name: re.findall(r"(?<![\w-])#[0-9a-fA-F]{3,8}\b|rgba?\(|hsl\(", path.read_text("utf-8"))
        for path in sheets
        if path.name not in {"tokens.css", "print.css"}
    }
    # The two masks are shapes: only their being opaque counts.
    assert {name: found for name, found in named.items() if found} == {"layout.css": ["#000"]}
