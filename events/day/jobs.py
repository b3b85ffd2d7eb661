"""Long work of the day and after. Each may be killed at any moment and done again."""

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.jobs.kinds import Kind, register
from events.day.attendance_list import attendance_pdf, people_of
from events.day.certificate_pdf import certificates_pdf
from events.models import Certificate, Event
from events.use_cases.day import certificates

LIST, CERTIFICATES = "events.attendance_list", "events.certificates"


def make_list(progress, owner, *, event_id, day_id, **options):
    """The attendance list; counted in people, of whom half the work is to be read."""
    event = Event.objects.select_related("edition").get(pk=event_id)
    day = event.days.filter(pk=day_id).first() if day_id else None
    people = people_of(event)
    total = max(len(people), 1)
    progress(total // 2, total)
    content = attendance_pdf(event, people, day=day, **options)
    _keep(progress, f"lista-obecnosci-{event.slug}"[:80], content)
    progress(total, total)


def make_certificates(progress, owner, *, event_id):
    """Issue certificates to everybody present who has none, and set all of the event for printing."""
    event = Event.objects.select_related("edition").get(pk=event_id)
    new = certificates.issue(event_id=event_id, actor=owner, now=timezone.now())
    rows = list(Certificate.objects.of_present(event))
    if not rows:
        return ["Nikt nie jest zaznaczony jako obecny, więc nie ma zaświadczeń."]
    progress(0, len(rows))
    content = certificates_pdf(event, rows)
    _keep(progress, f"zaswiadczenia-{event.slug}"[:80], content)
    progress(len(rows), len(rows))
    return [f"Nowe zaświadczenia: {len(new)}.", f"W pliku: {len(rows)}."]


def _keep(progress, name, content):
    progress.job.file.save(f"{name}.pdf", ContentFile(content), save=False)
    progress.job.save(update_fields=["file"])


def register_jobs():
    register(
        Kind(LIST, make_list, again=True, permission="events.change_event"),
        Kind(CERTIFICATES, make_certificates, again=True, permission="events.change_event"),
    )
