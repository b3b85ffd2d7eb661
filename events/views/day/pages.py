"""What the pages of the day share: which day is meant, the pages beside each other, a "no" as a message."""

from django.contrib import messages
from django.urls import reverse

from core.exceptions import Refused


def chosen_day(request, event, now):
    """(days, the one that `dzien` of the form or the address names).

    Looking, without one that exists: the day under way, else the next, else the last. A press must name its day: one
    that is gone meanwhile gives None and a message, for no other day may be marked instead.
    """
    days = list(event.days.all())
    text = request.POST.get("dzien") or request.GET.get("dzien", "")
    named = next((day for day in days if str(day.pk) == text), None)
    if named is None and request.method == "POST":
        messages.error(request, "Tego dnia nie ma już w wydarzeniu. Sprawdź, który dzień zaznaczasz.")
        return days, None
    if named is None and days:
        named = next((day for day in days if day.ends_at >= now), days[-1])
    return days, named


def tabs(event, current):
    """The pages of one event on the day and after it."""
    pages = (
        ("check_in", "Odprawa"),
        ("attendance_list", "Lista do podpisu"),
        ("attendance_scans", "Skany"),
        ("meeting_file", "Spotkanie on-line"),
        ("certificates", "Zaświadczenia"),
        ("event_missing", "Braki"),
        ("settling", "Rozliczenie"),
    )
    return [
        {"label": label, "url": reverse(f"events:{name}", args=[event.slug]), "current": name == current}
        for name, label in pages
    ]


def attempt(request, verb, **given):
    """Call a use case; its "no" becomes a message. Returns whether it was done."""
    try:
        verb(**given)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def posted(request):
    """(data, files) of a form that was sent, even empty; (None, None) of a page that is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
