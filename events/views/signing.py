"""The form on paper: the PDF to sign, and the signed pages sent in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts, throttle
from core.link_pages import sent
from events.choices import EnrolmentState
from events.enrolment.paper import form_pdf
from events.enrolment.roster_state import declared_of
from events.enrolment.steps import why_closed
from events.forms.enrolment import PapersForm
from events.letters.enrolment import signup_path
from events.signing_up import on_the_way
from events.use_cases.enrolment import signing
from events.use_cases.enrolment.ending import reason_of
from events.views.enrolment import by_link, remarks_of
from events.views.papers import shown, stored_file

UPLOADS_AN_HOUR = 30


@accepts("GET", "HEAD", "POST")
@by_link
def enrolment_state(request, enrolment, token):
    """Where the form stands and what is next; while it waits for signatures, the place to send them in."""
    form = PapersForm(*sent(request))
    if request.method == "POST":
        throttle("papers", enrolment.pk, limit=UPLOADS_AN_HOUR, seconds=3600)
        if form.is_valid():
            try:
                signing.submit(enrolment_id=enrolment.pk, uploads=form.cleaned_data["files"], now=timezone.now())
            except Refused as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(request, "Formularz dotarł do nas i czeka na sprawdzenie.")
                return redirect("events:enrolment_state", token)
    from_now = timezone.now()
    context = {
        "enrolment": enrolment,
        "edition": enrolment.edition,
        "token": token,
        "form": form,
        "state": EnrolmentState,
        "papers": [shown(paper) for paper in signing.newest_papers(enrolment)],
        "closed": why_closed(enrolment, from_now),
        "remarks": remarks_of(enrolment),
        "people": declared_of(enrolment, timezone.localdate(from_now))
        if enrolment.state == EnrolmentState.ACCEPTED
        else [],
        **_on_the_way(enrolment),
        "end_reason": reason_of(enrolment) if enrolment.state == EnrolmentState.ENDED else "",
        "updates": enrolment.updates.order_by("-sent_at", "-pk"),
    }
    return render(request, "events/enrolment/state.html", context, status=422 if form.errors else 200)


def _on_the_way(enrolment):
    """What is held at the event because of which the institution enrolled, while that event is to come."""
    event = enrolment.on_the_way_to
    if not on_the_way.is_ahead(event):
        return {"event": None}
    rows = on_the_way.held(enrolment)
    is_open = enrolment.state in EnrolmentState.living() and enrolment.state != EnrolmentState.DRAFT
    return {
        "event": event,
        "held": rows,
        "held_words": on_the_way.held_words(rows),
        "signup_path": signup_path(event, enrolment) if is_open else "",
    }


@accepts("POST")
@by_link
def enrolment_reopen(request, enrolment, token):
    if request.method == "POST":
        try:
            signing.reopen(enrolment_id=enrolment.pk, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("events:enrolment_state", token)
    return redirect("events:enrolment", token)


@by_link
def enrolment_pdf(request, enrolment, token):
    """The form as it is to be signed; while it is being filled in it would be signed in vain, so there is none."""
    if enrolment.state in (EnrolmentState.DRAFT, EnrolmentState.RETURNED):
        raise Http404
    return pdf_response(enrolment)


@by_link
def enrolment_paper(request, enrolment, token, pk):
    """A page that this institution has sent."""
    paper = enrolment.papers.filter(pk=pk).first()
    if paper is None:
        raise Http404
    return stored_file(paper)


def pdf_response(enrolment):
    response = HttpResponse(form_pdf(enrolment), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="formularz-{enrolment.nip}.pdf"'
    return response
