"""Days, hours and places of an event as documents and pages say them."""

from django.utils import timezone
from django.utils.formats import date_format

NBSP = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"


def date_of(moment):
    """ "3 grudnia 2026" by the Polish clock."""
    return date_format(timezone.localtime(moment), "j E Y").replace(" ", NBSP)


def hours_of(day):
    """ "9:00–14:00", with the date of the end when it is another one; empty without hours."""
    if day.is_all_day:
        return ""
    start, end = timezone.localtime(day.starts_at), timezone.localtime(day.ends_at)
    words = f"{date_format(start, 'G:i')}{DASH}{date_format(end, 'G:i')}"
    return words if start.date() == end.date() else f"{words} ({date_of(day.ends_at)})"


def day_label(day):
    """ "3 grudnia 2026, 9:00–14:00"."""
    return ", ".join(filter(None, [date_of(day.starts_at), hours_of(day)]))


def place_of(event):
    if event.attendance == "online":
        return "on-line"
    return ", ".join(filter(None, [event.place_name, event.street_line, event.town]))


def hours_words(hours):
    """4.5 → "4 godz. 30 min"; empty for None."""
    if not hours:
        return ""
    whole, minutes = divmod(round(hours * 60), 60)
    parts = [f"{whole}{NBSP}godz." if whole else "", f"{minutes}{NBSP}min" if minutes else ""]
    return " ".join(filter(None, parts))
