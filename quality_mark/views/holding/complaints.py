"""Complaints about an application that came to nothing, and about a mark that was suspended or taken away."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.http import accepts
from core.templatetags.portal import date_words
from quality_mark.calendar import last_day
from quality_mark.forms.supervision import ComplaintForm
from quality_mark.use_cases import complaints, renewing
from quality_mark.views.forms import done, form_page, sent
from quality_mark.views.holding.doors import back_to, own_one
from quality_mark.views.own import own_application


@accepts("GET", "HEAD", "POST")
@login_required
def mark_complaint(request, pk):
    mark = own_one(request, pk)
    why_not = complaints.why_not_mark(mark, timezone.now())
    verb, given = complaints.complain_about_mark, {"mark_id": pk}
    about = f"Znak {mark.number}: {mark.get_state_display()}", complaints.until_of_mark(mark), renewing.rules_of(mark)
    return _complaint(request, verb, given, about, back_to(mark), why_not)


@accepts("GET", "HEAD", "POST")
@login_required
def application_complaint(request, pk):
    application = own_application(request, pk)
    why_not = complaints.why_not_application(application, timezone.now())
    back = str(application), reverse("quality_mark:application", args=[pk])
    verb, given = complaints.complain_about_application, {"application_id": pk}
    words = f"{application.number}: {application.public_state.lower()}"
    about = words, complaints.until_of_application(application), application.rulebook
    return _complaint(request, verb, given, about, back, why_not)


def _complaint(request, verb, given, about, back, why_not):
    """`about` is what was decided, in words, until when one may complain, and the rules that name who hears it.

    Nobody is let type what would only be refused; what was typed before that is kept on the page."""
    if why_not and request.method != "POST":
        return render(request, "quality_mark/holding/no_complaint.html", {"why_not": why_not, "back": back})
    form = sent(request, ComplaintForm)
    text = form.cleaned_data["text"] if request.method == "POST" and form.is_valid() else ""
    if done(request, form, verb, "Skarga została złożona.", text=text, **given):
        return redirect(back[1])
    words, until, rules = about
    said = [f"Od rozstrzygnięcia: {words}."]
    said += [f"Skargę można złożyć do {date_words(last_day(until))}, raz."] if until else []
    said += [f"Rozpatruje ją: {rules.complaint_body}."] if rules and rules.complaint_body else []
    return form_page(request, form=form, title="Skarga", button="Złóż skargę", back=back, text="\n".join(said))
