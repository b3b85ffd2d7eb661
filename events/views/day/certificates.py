"""Certificates: issued by coordinators, fetched by the person, checked by anybody who holds one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.jobs import orders
from core import links
from core.exceptions import Refused
from core.http import accepts, throttle, visitor_address
from core.polish import sort_key
from events.choices import EventState, RegistrationState
from events.day.certificate_pdf import certificates_pdf, correction_words, dates_words, grouped
from events.day.jobs import CERTIFICATES
from events.day.words import hours_words
from events.forms.attendance import NoteForm
from events.models import Certificate, Registration
from events.use_cases.day.certificates import correct, hours_of, is_valid, issue, normalised, with_hours
from events.views.day.pages import posted, tabs
from events.views.doors import event_of, for_coordinators

# A code is checked once or twice; who tries codes is told to wait.
CHECKS, CHECKS_SECONDS = 30, 600


@accepts("GET", "HEAD", "POST")
@for_coordinators
def certificates(request, slug):
    event = event_of(slug)
    if request.method == "POST":
        return _issue(request, event)
    present = event.registrations.filter(state=RegistrationState.PRESENT).select_related("certificate", "enrolment")
    withdrawn = Certificate.objects.filter(registration__event=event).exclude(
        registration__state=RegistrationState.PRESENT
    )
    people = sorted(with_hours(present), key=lambda row: sort_key(f"{row.last_name} {row.first_name}"))
    for row in people:
        row.issued = getattr(row, "certificate", None)
        row.correction = correction_words(row.issued.facts) if row.issued else ""
        hours = hours_of(event, row)
        row.hours = hours_words(hours)
        # What was noted at the door after the certificate was issued, and would be on it now.
        row.differs = row.issued is not None and row.issued.facts["hours"] != hours
    context = {
        "event": event,
        "tabs": tabs(event, "certificates"),
        "people": people,
        "without": sum(1 for row in people if row.issued is None),
        "withdrawn": withdrawn.select_related("registration"),
        "may_issue": event.state in EventState.over(),
    }
    return render(request, "events/day/certificates.html", context)


def _issue(request, event):
    now = timezone.now()
    try:
        if request.POST.get("osoba", "").isdecimal():
            new = issue(
                event_id=event.pk, registration_ids=[int(request.POST["osoba"][:9])], actor=request.user, now=now
            )
            if new:
                messages.success(request, f"Wystawiono zaświadczenie {new[0].number}.")
            return redirect(request.path)
        if event.state not in EventState.over():
            raise Refused("Zaświadczenia wystawia się po wydarzeniu.")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    job = orders.ask(
        kind=CERTIFICATES,
        title=f"Zaświadczenia: {event.title}",
        owner=request.user,
        given={"event_id": event.pk},
        back=request.path,
        now=now,
    )
    return redirect(job)


@accepts("GET", "HEAD", "POST")
@for_coordinators
def certificate_correction(request, slug, pk):
    """Names or hours were wrong: issued anew with what is true now."""
    event = event_of(slug)
    certificate = get_object_or_404(
        Certificate.objects.select_related("registration"), pk=pk, registration__event=event
    )
    form = NoteForm(posted(request)[0])
    form.fields["note"].label = "Co poprawiono"
    if request.method == "POST" and form.is_valid():
        try:
            correct(certificate_id=certificate.pk, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Zaświadczenie jest wystawione na nowo, z tym samym numerem.")
            return redirect("events:certificates", event.slug)
    context = {"event": event, "certificate": certificate, "form": form}
    return render(request, "events/day/certificate_correction.html", context, status=422 if form.errors else 200)


@for_coordinators
def certificate_file(request, slug, pk):
    event = event_of(slug)
    return _pdf(event, get_object_or_404(Certificate, pk=pk, registration__event=event))


def own_certificate(request, token):
    """What the person fetches by their own link."""
    row = links.find("registration", token, Registration.objects.select_related("event__edition"))
    certificate = row and Certificate.objects.filter(registration=row).first()
    if certificate is None or row.state != RegistrationState.PRESENT:
        raise Http404
    return _pdf(row.event, certificate)


def certificate_check(request, code):
    """Whether a certificate is one of ours. Says no more of the person than somebody who holds the paper knows."""
    throttle("certificate", visitor_address(request), limit=CHECKS, seconds=CHECKS_SECONDS)
    certificate = Certificate.objects.select_related("registration__event").filter(code=normalised(code)).first()
    if certificate is None:
        return render(request, "events/certificate_unknown.html", {"code": code[:40]}, status=404)
    facts = certificate.facts
    context = {
        "certificate": certificate,
        "is_valid": is_valid(certificate),
        "person": f"{facts['first_name']} {facts['last_name'][:1]}.",
        "facts": [
            ("Numer", certificate.number),
            ("Osoba", f"{facts['first_name']} {facts['last_name'][:1]}."),
            ("Wydarzenie", facts["event"]),
            ("Termin", dates_words(facts)),
            ("Liczba godzin", hours_words(facts["hours"])),
            ("Poprawki", correction_words(facts)),
        ],
        "code": grouped(certificate.code),
    }
    return render(request, "events/certificate_check.html", context)


def _pdf(event, certificate):
    response = HttpResponse(certificates_pdf(event, [certificate]), content_type="application/pdf")
    name = certificate.number.replace(" ", "-").replace("/", "-")
    response["Content-Disposition"] = f'attachment; filename="zaswiadczenie-{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
