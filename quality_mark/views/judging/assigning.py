"""Pages of the office: cases that want assessors, and who assesses one of them."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.permissions import Action, may
from core.exceptions import Refused
from core.http import accepts, paginate
from quality_mark.assessing.choosing import candidates
from quality_mark.assessing.seeing import all_in, missing
from quality_mark.choices import Actor, ApplicationState
from quality_mark.forms.judging.assessing import AssignForm, CommentForm, ReopenForm
from quality_mark.forms.judging.deciding import ReasonForm
from quality_mark.models import Application
from quality_mark.own_cases import not_own
from quality_mark.reading import sheets
from quality_mark.use_cases import assessing, assigning, deciding, visiting
from quality_mark.views.judging.assessing import visit_page
from quality_mark.views.judging.doors import case_or_404, needs, number

A = ApplicationState
PER_PAGE = 30


@needs(Action.HANDLE_MARK)
def overview(request):
    rows = not_own(Application.objects.filter(state__in=[A.FORMAL_OK, A.ASSESSMENT]), request.user)
    active = Q(assessments__left_at=None, assessments__pk__isnull=False)
    rows = rows.annotate(
        asked=Count("assessments", filter=active),
        sent=Count("assessments", filter=active & Q(assessments__sent_at__isnull=False)),
    ).select_related("rulebook", "offer__organisation__institution", "offer__organisation__unit")
    rows = rows.prefetch_related("pauses")
    page = paginate(request, rows.order_by("due_at", "pk"), PER_PAGE)
    return render(request, "quality_mark/judging/assigning.html", {"page": page})


@accepts("GET", "HEAD", "POST")
@needs(Action.HANDLE_MARK)
def case(request, pk):
    application = case_or_404(request, pk=pk, state__in=[A.FORMAL_OK, A.ASSESSMENT, A.COMMISSION])
    people = candidates(application, timezone.localdate())
    assign_form = AssignForm(candidates=people, count=application.rulebook.assessors, initial=_initial(application))
    forms = {
        "assign_form": assign_form,
        "reason_form": ReasonForm(),
        "comment_form": CommentForm(),
        "reopen_form": ReopenForm(),
    }
    if request.method == "POST" and (answer := _post(request, application, people, forms)):
        return answer
    rows = list(application.assessments.select_related("assessor").prefetch_related("reopenings"))
    context = forms | {
        "application": application,
        "rows": [(one, _standing(one)) for one in rows],
        "candidates": [one for one in people if one.conflict],
        "missing": missing(application) if application.state == A.ASSESSMENT else 0,
        "sent": [one for one in rows if one.sent_at and not one.left_at],
        "goes_short": application.goes_short,
        "comments": application.comments.select_related("author"),
        "visits": application.visits.prefetch_related("photos"),
    }
    if all_in(application):
        context["criteria"], context["summaries"], context["found"] = sheets(application)
    is_wrong = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "quality_mark/judging/assigning_case.html", context, status=422 if is_wrong else 200)


@accepts("GET", "HEAD", "POST")
@needs(Action.HANDLE_MARK)
def visit(request, pk):
    """The note of a visit that the office has made."""
    application = case_or_404(request, pk=pk, state=A.ASSESSMENT)
    return visit_page(request, application, back=("quality_mark:assigning_case", pk))


def _initial(application):
    return {"due_on": assigning.due_day(application.rulebook, timezone.now())}


def _standing(one):
    """(words, kind of badge) of where one assessment stands."""
    if one.left_at:
        return ("konflikt interesów" if one.has_conflict else "odsunięto"), ""
    if one.sent_at:
        return "wysłana", "good"
    if one.assessor is None or not may(one.assessor, Action.ASSESS_MARK):
        return "nie ma już roli asesora", "bad"
    return ("w toku", "") if one.declared_at else ("czeka na oświadczenie", "warn")


def _post(request, application, people, forms):
    what, sent = request.POST.get("co", ""), {"actor": request.user, "now": timezone.now()}
    pk, form = application.pk, None
    try:
        if what == "przydziel":
            count = application.rulebook.assessors
            form = forms["assign_form"] = AssignForm(request.POST, candidates=people, count=count)
            if not form.is_valid():
                return None
            chosen, due_on = form.cleaned_data["assessors"], form.cleaned_data["due_on"]
            assigning.assign(application_id=pk, assessor_ids=chosen, due_on=due_on, **sent)
        elif what == "dobierz":
            person = number(request.POST.get("osoba", ""))
            assigning.ask_another(application_id=pk, assessor_id=person or None, **sent)
        elif what == "odsun":
            one = application.assessments.filter(pk=number(request.POST.get("ocena", ""))).first()
            if one:
                assigning.take_off(assessment_id=one.pk, reason="Odsunięcie przez biuro.", **sent)
        elif what == "cofnij":
            form = forms["reopen_form"] = ReopenForm(request.POST)
            if not form.is_valid():
                return None
            one = application.assessments.filter(pk=number(request.POST.get("ocena", ""))).first()
            if one is None:
                raise Refused("Wybierz ocenę z listy.")
            assessing.reopen(assessment_id=one.pk, reason=form.cleaned_data["powod"], **sent)
        elif what == "kapitula":
            assigning.put(application_id=pk, **sent)
        elif what == "skrot":
            assigning.shorten(application_id=pk, **sent)
        elif what == "wyjasnienia":
            form = forms["reason_form"] = ReasonForm(request.POST)
            if not form.is_valid():
                return None
            deciding.ask_for_more(application_id=pk, reason=form.cleaned_data["reason"], role=Actor.CLERK, **sent)
        elif what == "uwaga":
            form = forms["comment_form"] = CommentForm(request.POST)
            if not form.is_valid():
                return None
            visiting.comment(application_id=pk, text=form.cleaned_data["text"], **sent)
    except Refused as refusal:
        if form is not None:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return None
        messages.error(request, str(refusal))
    return redirect("quality_mark:assigning_case", pk)
