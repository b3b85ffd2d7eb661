"""How a value stands in a cell: `render` for a spreadsheet, `plain` for JSON."""

from datetime import datetime

from django.utils import timezone
from import_export import widgets

from core.templatetags.portal import phone
from registry.spreadsheets import harmless


class Text(widgets.Widget):
    """Text that no spreadsheet program takes for a formula. Identifiers are text too: zeros in front count."""

    def render(self, value, obj=None, **kwargs):
        return harmless(self.plain(value))

    def plain(self, value):
        """The value as JSON carries it."""
        return "" if value is None else str(value)


class Phone(Text):
    """As people write it, "71 000 00 00": a cell that begins with a plus is counted, not called."""

    def render(self, value, obj=None, **kwargs):
        return harmless(phone(value or "").replace("\N{NO-BREAK SPACE}", " "))


class Listing(Text):
    """Several values in one cell, parted by semicolons; in JSON an array."""

    def render(self, value, obj=None, **kwargs):
        return harmless("; ".join(value or ()))

    def plain(self, value):
        return list(value or ())


class YesNo(Text):
    def render(self, value, obj=None, **kwargs):
        return "tak" if value else "nie"

    def plain(self, value):
        return bool(value)


class Day(Text):
    """ISO date, of a time the Polish one; or empty."""

    def render(self, value, obj=None, **kwargs):
        return self.plain(value)

    def plain(self, value):
        day = timezone.localdate(value) if isinstance(value, datetime) else value
        return day.isoformat() if day else ""


class Moment(Text):
    """ISO 8601 by the Polish clock, with the offset, so that clock changes cannot mislead."""

    def plain(self, value):
        return value.astimezone(timezone.get_default_timezone()).isoformat(timespec="minutes") if value else ""


class Number(Text):
    """With a decimal point, or empty; null in JSON. Degrees end at a tenth of a metre."""

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else self.plain(value)

    def plain(self, value):
        return round(value, 6) if isinstance(value, float) else value


class Label(Text):
    """The words of a code."""

    def __init__(self, choices):
        super().__init__()
        self.words = dict(choices.choices)

    def plain(self, value):
        return self.words.get(value, "")
