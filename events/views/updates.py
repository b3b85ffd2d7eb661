"""Changes to an accepted form: sent by the institution, decided by a coordinator."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts, throttle
from core.link_pages import sent
from events.choices import EnrolmentState, UpdateKind, UpdateState
from events.enrolment import steps
from events.enrolment.changes import address_rows, people_rows
from events.enrolment.faults import OUTSIDE
from events.forms.updates import AddressUpdateForm, AnswerForm, PeopleUpdateForm
from events.models import EnrolmentUpdate
from events.use_cases.enrolment import reviewing, updates
from events.use_cases.enrolment.roster import roster_of
from events.views.enrolment import by_link
from events.views.papers import shown
from events.views.review import OPENED, for_office
from events.views.signing import UPLOADS_AN_HOUR

SENT = "Aktualizacja czeka na koordynatora. O wyniku napiszemy listem."


@accepts("GET", "HEAD", "POST")
@by_link
def people_update(request, enrolment, token):
    people = [(one.pk, f"{one.participant}, {one.get_role_display()}") for one in roster_of(enrolment)]
    form = PeopleUpdateForm(*sent(request), people=people)

    def send(**given):
        updates.send_people(**given, **form.changes)

    return _answer(request, enrolment, token, form, send, "events/updates/people.html")


@accepts("GET", "HEAD", "POST")
@by_link
def address_update(request, enrolment, token):
    initial = {name.removesuffix("_id"): getattr(enrolment, name) or "" for name in steps.COLUMNS[steps.ADDRESS]}
    initial["municipality"] = initial["municipality"] or OUTSIDE
    form = AddressUpdateForm(*sent(request), initial=initial)

    def send(**given):
        updates.send_address(**given, new=form.values)

    return _answer(request, enrolment, token, form, send, "events/updates/address.html")


def _answer(request, enrolment, token, form, send, template):
    if enrolment.state != EnrolmentState.ACCEPTED:
        raise Http404
    if request.method == "POST":
        throttle("papers", enrolment.pk, limit=UPLOADS_AN_HOUR, seconds=3600)
    if request.method == "POST" and form.is_valid():
        try:
            send(
                enrolment_id=enrolment.pk,
                effective_on=form.cleaned_data["effective_on"],
                uploads=form.cleaned_data["files"],
                user=request.user if request.user.is_authenticated else None,
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, SENT)
            return redirect("events:enrolment_state", token)
    context = {"enrolment": enrolment, "edition": enrolment.edition, "token": token, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


@accepts("GET", "HEAD", "POST")
@for_office
def update_review(request, pk):
    """What changes, old beside new; accepted or sent back; an address then also put on the card by one button."""
    update = EnrolmentUpdate.objects.select_related("enrolment__edition", "enrolment__institution").filter(pk=pk)
    update = update.first()
    if update is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" and "card" not in request.POST else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            _decide(request, update, form)
        except Refused as refusal:
            if form.is_bound:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.error(request, str(refusal))
        else:
            return redirect("events:update_review", pk)
    is_address = update.kind == UpdateKind.ADDRESS
    institution = update.enrolment.institution
    context = {
        "update": update,
        "enrolment": update.enrolment,
        "form": form,
        "rows": address_rows(update.changes) if is_address else people_rows(update.changes),
        "is_address": is_address,
        "waits": update.state == UpdateState.SUBMITTED,
        "is_own": reviewing.concerns(update.enrolment, request.user),
        "card": address_rows(_card(institution, update)) if is_address and _may_change_card(update) else [],
        "papers": [shown(paper) for paper in update.papers.order_by("page")],
        "is_opened": update.enrolment_id in request.session.get(OPENED, []),
    }
    return render(request, "events/updates/review.html", context, status=422 if form.errors else 200)


def _decide(request, update, form):
    given = {"update_id": update.pk, "actor": request.user, "now": timezone.now()}
    if "card" in request.POST:
        updates.apply_to_card(**given)
        messages.success(request, "Adres na karcie jest zmieniony.")
        return
    accept = "accept" in request.POST
    updates.decide(accept=accept, answer=form.cleaned_data["answer"], **given)
    messages.success(request, "Aktualizacja jest przyjęta." if accept else "Aktualizacja wróciła z odpowiedzią.")


def _may_change_card(update):
    is_open = update.state == UpdateState.ACCEPTED and update.applied_to_card_at is None and update.changes
    return is_open and update.enrolment.institution


def _card(institution, update):
    """Old and new of what stands on the card of the register."""
    new = updates.address_of(update)
    new.pop("county_id")
    return {"old": {name: getattr(institution, name) or "" for name in new}, "new": new}
