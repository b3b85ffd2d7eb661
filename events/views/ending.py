"""Ending an institution's part in a project: asked once more, with a reason that it gets."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from core.link_pages import sent
from events.choices import EnrolmentState
from events.forms.enrolment import EndForm
from events.use_cases.enrolment.ending import end
from events.use_cases.enrolment.reviewing import concerns
from events.use_cases.enrolment.roster import roster_of
from events.views.enrolment import rows
from events.views.review import for_office


@accepts("GET", "HEAD", "POST")
@for_office
def review_end(request, pk):
    enrolment = rows().filter(pk=pk).first()
    if enrolment is None:
        raise Http404
    form = EndForm(sent(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            end(enrolment_id=pk, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "Udział zakończony. Instytucja i jej osoby dostaną listy.")
            return redirect("events:review", pk)
    if enrolment.state != EnrolmentState.ACCEPTED and not form.errors:
        return redirect("events:review", pk)
    context = {"enrolment": enrolment, "form": form, "people": roster_of(enrolment).count()}
    context["is_own"] = concerns(enrolment, request.user)
    return render(request, "events/review/end.html", context, status=422 if form.errors else 200)
