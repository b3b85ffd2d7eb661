"""What everybody reads about the editions of a project, and how an institution begins its form."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from core import links
from core.exceptions import Refused
from core.http import accepts, throttle, visitor_address
from core.link_pages import sent
from core.navigation import has_session
from events.enrolment.own import institutions_of
from events.enrolment.texts import texts_in_force
from events.forms.enrolment import StartForm
from events.letters.enrolment import ENROLMENT
from events.models import Edition
from events.signing_up.on_the_way import event_of
from events.use_cases.enrolment.enrolling import start, start_for

PER_HOUR, PER_NIP = 20, 5


def edition_list(request):
    today = timezone.localdate()
    editions = list(Edition.objects.order_by("-starts_on", "pk"))
    taking = [one for one in editions if one.takes_enrolments_on(today)]
    return render(
        request,
        "events/edition_list.html",
        {
            "taking": taking,
            "coming": [one for one in editions if one.starts_on > today and one.closed_at is None],
            "others": [one for one in editions if one not in taking and one.starts_on <= today],
        },
    )


def edition_detail(request, slug):
    edition = _edition(slug)
    today = timezone.localdate()
    return render(
        request,
        "events/edition_detail.html",
        {
            "edition": edition,
            "logos": edition.logos.all(),
            "texts": texts_in_force(edition, today).values(),
            "takes_enrolments": edition.takes_enrolments_on(today),
            "last_day": edition.enrolment_until or edition.ends_on,
        },
    )


def edition_text(request, slug, kind):
    """One text in force, on a page of its own that can be printed."""
    edition = _edition(slug)
    text = texts_in_force(edition, timezone.localdate()).get(kind)
    if text is None:
        raise Http404
    return render(request, "events/edition_text.html", {"edition": edition, "text": text})


@accepts("GET", "HEAD", "POST")
def enrolment_start(request, slug):
    edition = _edition(slug)
    today = timezone.localdate()
    form = StartForm(sent(request)[0])
    context = {
        "edition": edition,
        "form": form,
        "takes_enrolments": edition.takes_enrolments_on(today),
        "institutions": _own_institutions(request),
        "event": (event := event_of(request.GET.get("wydarzenie", ""), edition, timezone.now())),
    }
    if request.method == "POST" and form.is_valid():
        throttle("enrolment-start", visitor_address(request), limit=PER_HOUR, seconds=3600)
        throttle("enrolment-start-nip", form.cleaned_data["nip"], limit=PER_NIP, seconds=3600)
        try:
            if not form.is_from_machine:
                nip, email = form.cleaned_data["nip"], form.cleaned_data["email"]
                start(edition_id=edition.pk, nip=nip, email=email, event=event, now=timezone.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return redirect(
                reverse("events:enrolment_sent", args=[slug]) + (f"?wydarzenie={event.slug}" if event else "")
            )
    return render(request, "events/enrolment/start.html", context, status=422 if form.errors else 200)


def enrolment_sent(request, slug):
    """The same for everybody: it does not tell whether this institution takes part already."""
    edition = _edition(slug)
    event = event_of(request.GET.get("wydarzenie", ""), edition, timezone.now())
    return render(request, "events/enrolment/sent.html", {"edition": edition, "event": event})


@accepts("POST")
@login_required
def enrolment_start_own(request, slug, institution_id):
    """From the panel: for an institution that one acts for, straight into the form."""
    edition = _edition(slug)
    institution = institutions_of(request.user).filter(pk=institution_id).first()
    if institution is None:
        raise Http404
    if request.method != "POST":
        return redirect("events:enrolment_start", slug)
    now = timezone.now()
    event = event_of(request.POST.get("wydarzenie", ""), edition, now)
    given = {"edition_id": edition.pk, "institution_id": institution.pk, "user": request.user}
    try:
        enrolment = start_for(**given, event=event, now=now)
    except Refused as refusal:
        context = {"edition": edition, "refusal": str(refusal), "takes_enrolments": False}
        return render(request, "events/enrolment/start.html", context, status=422)
    return redirect("events:enrolment", links.token(ENROLMENT, enrolment))


def _own_institutions(request):
    if not has_session(request) or not request.user.is_authenticated:
        return []
    return list(institutions_of(request.user))


def _edition(slug):
    return get_object_or_404(Edition, slug=slug)
