"""The files of a day: every data set as it stood at one moment (docs/decisions/0105)."""

import logging
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Min
from django.db.models.functions import TruncMonth
from django.utils import timezone

from core import locks
from open_data.changes.reading import current_cursor
from open_data.choices import Format
from open_data.datasets import all_datasets
from open_data.dumps import files, formats
from open_data.models import Content, Dump
from registry.models import CatalogueEntry

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Made:
    dataset: str
    format: Format
    rows: int
    written: files.Written


def make(*, now):
    """Makes the files of today and returns how many; 0 when they are there or another process makes them.

    All or nothing: rows are written when every file is whole, so that after a failure, a full disk or a kill the
    newest day is still the one before. OSError: nothing could be written.
    """
    day = timezone.localdate(now)
    with locks.held(locks.DUMPING, 0) as mine:
        if not mine or Dump.objects.filter(day=day).exists():
            return 0
        files.clear_unfinished()
        with snapshot():
            cursor = current_cursor()
            made = write_all()
        keep(made, day=day, cursor=cursor, now=now)
    return len(made)


@contextmanager
def snapshot():
    """What is read within belongs to one moment, however long it takes."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            # The moment is that of the first question, so it is asked now.
            cursor.execute("SELECT 1")
        yield


def write_all():
    """[Made] of every data set, read in the transaction of the caller."""
    made = []
    with ExitStack() as unfinished:
        for dataset in all_datasets():
            targets = unfinished.enter_context(files.targets(dataset.formats))
            count = formats.write(dataset, dataset.read(), targets)
            made += [Made(dataset.slug, one, count, target.finish()) for one, target in targets.items()]
    return made


def keep(made, *, day, cursor, now):
    """Gives the files their names and writes their rows."""
    known = dict(Content.objects.filter(sha256__in={one.written.sha256 for one in made}).values_list("sha256", "pk"))
    new = {one.written.sha256: one.written for one in made if one.written.sha256 not in known}
    for one in made:
        # Also when it is known: the file may have been lost.
        files.keep(one.written)
    with transaction.atomic():
        contents = [
            Content(sha256=key, file=files.name_of(one), size=one.size, stored_size=one.stored_size)
            for key, one in new.items()
        ]
        known |= {content.sha256: content.pk for content in Content.objects.bulk_create(contents)}
        Dump.objects.bulk_create(
            Dump(
                dataset=one.dataset,
                day=day,
                format=one.format,
                content_id=known[one.written.sha256],
                rows=one.rows,
                made_at=now,
                cursor=cursor,
            )
            for one in made
        )


def thin(*, now):
    """Forgets the files of days older than OPEN_DATA_KEPT_DAYS but for the first of each month; how many rows.

    With 0, the default, every day stays.
    """
    if not settings.OPEN_DATA_KEPT_DAYS:
        return 0
    oldest = timezone.localdate(now) - timedelta(days=settings.OPEN_DATA_KEPT_DAYS)
    with transaction.atomic():
        months = Dump.objects.annotate(month=TruncMonth("day")).values("month").annotate(first=Min("day"))
        kept = list(months.values_list("first", flat=True))
        gone, _ = Dump.objects.filter(day__lt=oldest).exclude(day__in=kept).delete()
        Content.objects.filter(dumps__isnull=True).delete()
    return gone


def standing(*, now):
    """A sentence for administrators when the files of today are missing though the night is over, else ""."""
    local = timezone.localtime(now)
    newest = Dump.objects.newest_day()
    if local.hour < settings.OPEN_DATA_READY_HOUR or (newest and newest >= local.date()):
        return ""
    if newest is None and not CatalogueEntry.objects.filter(published_at__lt=now - timedelta(days=1)).exists():
        return ""
    last = f"ostatnie są z {newest:%d.%m.%Y}" if newest else "nie ma jeszcze żadnych"
    return (
        f"Otwarte dane: nie powstały pliki z dziś, {last}. Powód jest w dzienniku kolejki (zadanie make_dumps): "
        "brak miejsca na dysku, zatrzymana kolejka albo błąd. Starsze pliki działają."
    )
