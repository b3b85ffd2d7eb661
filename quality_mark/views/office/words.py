"""Messages of one case, of both sides, and the applicant's answer to a call."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from quality_mark.applying.progress import asked_of
from quality_mark.calendar import last_day
from quality_mark.choices import ApplicationState
from quality_mark.correction import open_call
from quality_mark.forms.office import ExplanationForm, MessageForm
from quality_mark.office.places import CasePlaces, standing
from quality_mark.use_cases import calling
from quality_mark.use_cases.messages import write
from quality_mark.views.office.case import frame
from quality_mark.views.office.doors import for_case
from quality_mark.views.own import own_application


@accepts("GET", "HEAD", "POST")
@for_case
def case_messages(request, case):
    """The office's side."""
    context = frame(request, case, timezone.now())
    return _correspondence(request, case, "quality_mark/office/messages.html", context, is_of_office=True)


@accepts("GET", "HEAD", "POST")
@login_required
def own_messages(request, pk):
    """The applicant's side: who of the office has written is not said."""
    application = own_application(request, pk)
    if application.state == ApplicationState.DRAFT:
        raise Http404
    context = {"application": application, "asked": asked_of(application)}
    return _correspondence(request, application, "quality_mark/office/own_messages.html", context, is_of_office=False)


def _correspondence(request, application, template, context, *, is_of_office):
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            write(
                application_id=application.pk, text=form.cleaned_data["text"], is_of_office=is_of_office,
                actor=request.user, now=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, "Wiadomość wysłana.")
            return redirect(request.path)
    context |= {"form": form, "said": application.messages.select_related("author")}
    return render(request, template, context, status=422 if form.errors else 200)


@accepts("GET", "HEAD", "POST")
@login_required
def own_call(request, pk):
    """The call, place by place, and the button that sends the answer."""
    application = own_application(request, pk)
    call = open_call(application) if application.state == ApplicationState.CORRECTION else None
    if call is None and request.method != "POST":
        return redirect("quality_mark:application", pk)
    now = timezone.now()
    form = ExplanationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            calling.answer(
                application_id=pk, standing=standing, explanation=form.cleaned_data["explanation"],
                actor=request.user, now=now,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Uzupełnienie przesłane.")
            return redirect("quality_mark:application", pk)
    context = {
        "application": application,
        "call": call,
        "changes": CasePlaces(application).changes(call) if call else [],
        "due": last_day(call.due_at) if call else None,
        "is_late": bool(call and call.due_at <= now),
        "form": form,
        "letter": application.papers.filter(is_of_office=True, is_shown=True, code="wezwanie").last(),
    }
    return render(request, "quality_mark/office/own_call.html", context, status=422 if form.errors else 200)
