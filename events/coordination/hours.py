"""Hours by the Polish clock, as people type them: twice a year some do not exist and some come twice."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from core.exceptions import Refused

ALL_DAY = time(0)
YEARS = range(1990, 2100)


def moment(day, hour, *, field=None):
    """The moment at which the Polish clock shows this `hour` of this `day`.

    Refused in words: on the last Sunday of March it never does between 2.00 and 3.00, on the last one of October it
    does twice.
    """
    if day.year not in YEARS:
        raise Refused(f"Rok musi być między {YEARS[0]} a {YEARS[-1]}.", field=field)
    zone = timezone.get_default_timezone()
    first, second = (datetime.combine(day, hour, tzinfo=zone).replace(fold=fold) for fold in (0, 1))
    shown = f"{hour:%H.%M}".removeprefix("0")
    if first.astimezone(UTC).astimezone(zone).time() != hour:
        raise Refused(
            f"{day:%d.%m.%Y} nie ma godziny {shown}: tej nocy zegar przechodzi z 2.00 od razu na 3.00.", field=field
        )
    if first.utcoffset() != second.utcoffset():
        raise Refused(
            f"{day:%d.%m.%Y} godzina {shown} wypada dwa razy: tej nocy zegar cofa się z 3.00 na 2.00. "
            "Podaj godzinę przed 2.00 albo od 3.00.",
            field=field,
        )
    return first.astimezone(UTC)


def span(*, day, start, last_day=None, end=None, is_all_day=False):
    """(starts_at, ends_at) of one day of an event. Without hours: from midnight to the midnight after the last day.

    Refused, with `field` of the form: no hour where one is due, an end before the start.
    """
    last_day = last_day or day
    if last_day.year not in YEARS:
        raise Refused(f"Rok musi być między {YEARS[0]} a {YEARS[-1]}.", field="last_day" if last_day > day else "day")
    if last_day < day:
        raise Refused("Dzień zakończenia nie może być przed dniem rozpoczęcia.", field="last_day")
    if is_all_day:
        return moment(day, ALL_DAY), moment(last_day + timedelta(days=1), ALL_DAY)
    if start is None:
        raise Refused("Podaj godzinę rozpoczęcia albo zaznacz „bez godzin”.", field="start")
    if end is None:
        raise Refused("Podaj godzinę zakończenia albo zaznacz „bez godzin”.", field="end")
    starts_at, ends_at = moment(day, start, field="start"), moment(last_day, end, field="end")
    if ends_at <= starts_at:
        raise Refused(
            "Koniec musi być po początku. Gdy kończy się po północy, podaj też dzień zakończenia.", field="end"
        )
    return starts_at, ends_at


def refuse_overlapping(spans):
    """`spans` are (starts_at, ends_at) of one event."""
    ordered = sorted(spans)
    if any(following[0] < before[1] for before, following in zip(ordered, ordered[1:], strict=False)):
        raise Refused("Terminy jednego wydarzenia nie mogą na siebie zachodzić.")


def typed(starts_at, ends_at, *, is_all_day):
    """What somebody would have typed for a day: {day, start, last_day, end}."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    last_day = end.date() - timedelta(days=1) if is_all_day else end.date()
    return {
        "day": start.date(),
        "start": None if is_all_day else start.time(),
        "last_day": last_day if last_day != start.date() else None,
        "end": None if is_all_day else end.time(),
        "is_all_day": is_all_day,
    }


def shifted(at, days):
    """The same hour of the Polish clock, `days` whole days later; None stays None. Refused where there is none."""
    if at is None:
        return None
    local = timezone.localtime(at)
    try:
        day = local.date() + timedelta(days=days)
    except OverflowError as error:
        raise Refused(f"Rok musi być między {YEARS[0]} a {YEARS[-1]}.") from error
    return moment(day, local.time())
