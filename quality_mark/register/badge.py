"""The badge that holders put on pages of their own: a picture that says how the mark stands, without a script."""

from django.template.loader import render_to_string
from django.utils.html import format_html

from quality_mark.register.numbers import address_of

# The amber of the mark with its ink; grey when it is not valid. Both at least 4.5 to 1.
WIDTH, HEIGHT = 232, 64
_VALID, _GREY = ("#eaa43c", "#2a1b00"), ("#d5d5d5", "#3d3d3d")


def badge_svg(mark, stand):
    valid = stand is not None and stand.is_valid
    colours = _VALID if valid else _GREY
    words = f"ważny do {stand.valid_until:%d.%m.%Y}" if valid else f"{stand.status.label if stand else 'nieważny'}"
    context = {"number": mark.number, "words": words, "ground": colours[0], "ink": colours[1]}
    context |= {"width": WIDTH, "height": HEIGHT}
    return render_to_string("quality_mark/register/badge.svg", context)


def badge_html(number):
    """What a holder copies into a page: a plain link with the picture."""
    address = address_of(number)
    return format_html(
        '<a href="{}"><img src="{}znaczek.svg" width="{}" height="{}" '
        'alt="Zakup Prospołeczny, znak nr {}: sprawdź"></a>',
        address, address, WIDTH, HEIGHT, number,
    )  # fmt: skip
