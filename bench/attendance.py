"""What the attendance list and the certificates of 300 people take: seconds in the worker, pages, bytes."""

import io
import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

PEOPLE = 300
AIM = 1.0


def run(size):
    """`size` is that of the register around it, which does not matter here."""
    from events.day.attendance_list import attendance_pdf, people_of

    print(f"\nAttendance list of {PEOPLE} people (aim under {AIM:.0f} s in the worker)")
    print(f"{'list':<22}{'seconds':>9}{'pages':>7}{'kilobytes':>11}")
    with transaction.atomic():
        event = crowded_event()
        for name, options in (
            ("plain", {}),
            ("big type", {"big": True, "blank": 20}),
            ("contact, half-days", {"contact": True, "halves": True}),
        ):
            started = time.perf_counter()
            content = attendance_pdf(event, people_of(event), **options)
            seconds = time.perf_counter() - started
            print(f"{name:<22}{seconds:>9.2f}{pages(content):>7}{len(content) / 1e3:>11.0f}")
        for logo in event.edition.logos.all():
            logo.picture.delete(save=False)
        transaction.set_rollback(True)


def crowded_event():
    """An event of two days with PEOPLE confirmed sign-ups, two logos and names of the usual length."""
    from django.core.files.base import ContentFile

    from events.models import Edition, EditionLogo, Event, EventDay, Registration

    now = timezone.now()
    today = timezone.localdate(now)
    edition = Edition.objects.create(
        slug="bench-attendance", name="Dolnośląska Ekonomia Społeczna", number="FEDS.07.05-IP.02-0001/26",
        starts_on=today, ends_on=today, personal_data_until=today, funding_statement="Ze środków Unii Europejskiej.",
    )  # fmt: skip
    for words in ("Unia Europejska", "Dolny Śląsk"):
        logo = EditionLogo(edition=edition, words=words)
        logo.picture.save("znak.svg", ContentFile(_SVG), save=False)
        logo.save()
    event = Event.objects.create(
        slug="bench-attendance", title="Spotkanie sieciujące podmiotów ekonomii społecznej", kind="sieciowanie",
        state="opublikowane", edition=edition, place_name="Centrum Kongresowe", town="Wrocław", starts_at=now,
        ends_at=now + timedelta(days=1, hours=5), created_at=now, changed_at=now, published_at=now,
    )  # fmt: skip
    for number in range(2):
        start = now + timedelta(days=number)
        EventDay.objects.create(event=event, starts_at=start, ends_at=start + timedelta(hours=5))
    Registration.objects.bulk_create(
        Registration(
            event=event, state="potwierdzone", first_name="Małgorzata", last_name=f"Przykładowa-Zielińska {number}",
            email=f"osoba{number}@example.pl", phone="+48600100200", registered_at=now, confirmed_at=now,
            institution_name=f"Stowarzyszenie na rzecz Rehabilitacji i Przedsiębiorczości Społecznej nr {number % 40}",
        )
        for number in range(PEOPLE)
    )  # fmt: skip
    return event


def pages(content):
    import pypdf

    return len(pypdf.PdfReader(io.BytesIO(content)).pages)


_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="60" height="20" fill="#039"/></svg>'
