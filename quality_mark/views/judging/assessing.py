"""Pages of an assessor: own assessments with their last days, and one of them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone

from accounts.permissions import Action
from core.exceptions import Refused
from core.http import accepts, paginate
from quality_mark.access import is_own
from quality_mark.assessing.seeing import may_see_others, of_assessor
from quality_mark.choices import ApplicationState
from quality_mark.forms.judging.assessing import CommentForm, ConflictForm, ReopenForm, ScoresForm, VisitForm
from quality_mark.own_cases import own_of
from quality_mark.reading import case_of, sheets
from quality_mark.use_cases import assessing, visiting
from quality_mark.views.judging.doors import needs

PER_PAGE = 30


@needs(Action.ASSESS_MARK)
def overview(request):
    """What waits first, by its last day."""
    rows = of_assessor(request.user).exclude(own_of(request.user, "application__"))
    rows = rows.prefetch_related("application__pauses")
    page = paginate(request, rows.order_by("-sent_at", "due_on", "pk"), PER_PAGE)
    return render(request, "quality_mark/judging/assessments.html", {"page": page})


def own_or_404(request, pk):
    found = of_assessor(request.user).filter(pk=pk).first()
    if found is None or is_own(request.user, found.application.offer.organisation):
        raise Http404
    return found


@accepts("GET", "HEAD", "POST")
@needs(Action.ASSESS_MARK)
def assessment(request, pk):
    """The declaration first; then the case, the form, and after sending what the others have found."""
    found = own_or_404(request, pk)
    forms = _forms(found)
    if request.method == "POST":
        answer = _ACTIONS.get(request.POST.get("co", ""), _unknown)(request, found, forms)
        if answer:
            return answer
    is_open = found.application.state == ApplicationState.ASSESSMENT
    context = forms | {"assessment": found, "application": found.application, "is_open": is_open}
    if found.declared_at:
        context |= case_of(found.application)
        context["comments"] = _comments(found)
        context["reopenings"] = found.reopenings.all()
        context["may_reopen"] = is_open and found.sent_at and not may_see_others(found)
        if may_see_others(found):
            context["criteria"], context["summaries"], context["found"] = sheets(found.application)
    is_wrong = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "quality_mark/judging/assessment.html", context, status=422 if is_wrong else 200)


@accepts("GET", "HEAD", "POST")
@needs(Action.ASSESS_MARK)
def visit(request, pk):
    found = own_or_404(request, pk)
    if not found.declared_at:
        raise Http404
    return visit_page(request, found.application, back=("quality_mark:assessment", pk))


def visit_page(request, application, *, back):
    """The note of a visit, whoever writes it; `back` is where it is seen afterwards."""
    form = VisitForm(request.POST, request.FILES) if request.method == "POST" else VisitForm()
    if form.is_bound and form.is_valid():
        given = {"application_id": application.pk, "actor": request.user, "now": timezone.now()}
        if _tried(form, visiting.record_visit, **form.cleaned_data, **given):
            messages.success(request, "Notatka z wizyty jest zapisana.")
            return redirect(*back)
    context = {"form": form, "back": resolve_url(*back), "application": application}
    return render(request, "quality_mark/judging/visit.html", context, status=422 if form.errors else 200)


def _forms(found, data=None):
    criteria = list(found.application.rulebook.substantivecriterion_set.all())
    return {
        "conflict_form": ConflictForm(),
        "scores_form": ScoresForm(criteria=criteria, assessment=found),
        "comment_form": CommentForm(),
        "reopen_form": ReopenForm(),
    }


def _comments(found):
    """Those of the office at once, those of other assessors when their scores are seen."""
    rows = found.application.comments.all()
    return [one for one in rows if one.is_of_office or one.author_id == found.assessor_id or may_see_others(found)]


def _tried(form, verb, **given):
    try:
        verb(**given)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True


def _declared(request, found, forms):
    form = forms["conflict_form"] = ConflictForm(request.POST)
    if not form.is_valid():
        return None
    conflict = form.cleaned_data["reason"] if form.cleaned_data["conflict"] == "tak" else ""
    given = {"assessment_id": found.pk, "conflict": conflict, "actor": request.user, "now": timezone.now()}
    if not _tried(form, assessing.declare, **given):
        return None
    if conflict:
        messages.success(request, "Dziękujemy. Ten wniosek oceni ktoś inny.")
        return redirect("quality_mark:assessments")
    return redirect("quality_mark:assessment", found.pk)


def _scored(request, found, forms):
    form = forms["scores_form"] = ScoresForm(request.POST, criteria=forms["scores_form"].criteria)
    is_sent = "wyslij" in request.POST
    if not form.is_valid():
        return None
    given = {
        "assessment_id": found.pk,
        "scores": form.scores(),
        "comment": form.cleaned_data["comment"],
        "actor": request.user,
        "now": timezone.now(),
    }
    # What is written is kept also when it is not complete yet.
    if is_sent and not found.sent_at and not form.require_all():
        _tried(form, assessing.save, **given)
        return None
    if not _tried(form, assessing.send if is_sent else assessing.save, **given):
        return None
    # That it was sent is written on the page itself.
    if not is_sent:
        messages.success(request, "Zapisano. Ocenę można dokończyć później.")
    return redirect("quality_mark:assessment", found.pk)


def _commented(request, found, forms):
    form = forms["comment_form"] = CommentForm(request.POST)
    if not form.is_valid() or not found.declared_at:
        return None
    given = {"application_id": found.application_id, "actor": request.user, "now": timezone.now()}
    if not _tried(form, visiting.comment, text=form.cleaned_data["text"], **given):
        return None
    return redirect("quality_mark:assessment", found.pk)


def _reopened(request, found, forms):
    form = forms["reopen_form"] = ReopenForm(request.POST)
    if not form.is_valid():
        return None
    given = {"assessment_id": found.pk, "actor": request.user, "now": timezone.now()}
    if not _tried(form, assessing.reopen, reason=form.cleaned_data["powod"], **given):
        return None
    messages.success(request, "Ocena jest znowu wersją roboczą. Popraw ją i wyślij.")
    return redirect("quality_mark:assessment", found.pk)


def _unknown(request, found, forms):
    raise Http404


_ACTIONS = {"konflikt": _declared, "ocena": _scored, "uwaga": _commented, "cofnij": _reopened}
