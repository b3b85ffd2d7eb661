"""Steps of an application with files, and the page of whoever recommends."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.permissions import Action, may
from core.exceptions import Refused
from core.http import accepts
from core.link_pages import opened
from core.signed_files import JPEG, PDF
from quality_mark import access
from quality_mark.applying import steps
from quality_mark.choices import Actor
from quality_mark.forms.papers import AskForm, PaperForm, RecommendForm, UploadedForm
from quality_mark.letters import RECOMMENDATION
from quality_mark.models import Paper, Recommendation
from quality_mark.use_cases import papers
from quality_mark.use_cases.applying import EDITABLE
from quality_mark.views.applying import frame, own_application


@accepts("GET", "HEAD", "POST")
@login_required
def paper_list(request, pk):
    application = own_application(request, pk)
    form, at, given = PaperForm(), "", request.POST
    if request.method == "POST":
        now = timezone.now()
        try:
            if given.get("usun"):
                papers.remove_paper(application_id=pk, paper_id=_number(given["usun"]), actor=request.user, now=now)
                return redirect("quality_mark:papers", pk)
            at, form = given.get("code", ""), PaperForm(given, request.FILES)
            if form.is_valid():
                upload = form.cleaned_data["files"]
                papers.add_paper(application_id=pk, code=at, upload=upload, actor=request.user, now=now)
                return redirect("quality_mark:papers", pk)
        except Refused as refusal:
            form.full_clean()
            form.add_error("files", str(refusal))
    stored = list(application.papers.filter(removed_at=None, is_of_office=False))
    asked = [
        {
            "paper": paper,
            "stored": [one for one in stored if one.code == paper.code],
            "form": form if paper.code == at else PaperForm(auto_id=f"id_{paper.code}_%s"),
        }
        for paper in application.papers_asked
    ]
    context = frame(application, steps.PAPERS)
    for one in asked:
        one["is_open"] = context["places"].opens_code(one["paper"].code)
    context |= {"asked": asked, "next_step": steps.DECLARATIONS}
    return render(request, "quality_mark/papers.html", context, status=422 if form.errors else 200)


@accepts("GET", "HEAD", "POST")
@login_required
def recommendation_list(request, pk):
    application = own_application(request, pk)
    asking, uploading, given = AskForm(prefix="ask"), UploadedForm(prefix="paper"), request.POST
    if request.method == "POST":
        who = {"application_id": pk, "actor": request.user, "now": timezone.now()}
        form = None
        try:
            if given.get("usun"):
                papers.remove_recommendation(recommendation_id=_number(given["usun"]), **who)
                return redirect("quality_mark:recommendations", pk)
            if "zapytaj" in given:
                form = asking = AskForm(given, prefix="ask")
                if form.is_valid():
                    papers.ask_for_recommendation(**form.cleaned_data, **who)
                    return redirect("quality_mark:recommendations", pk)
            else:
                form = uploading = UploadedForm(given, request.FILES, prefix="paper")
                if form.is_valid():
                    cleaned = form.cleaned_data
                    papers.upload_recommendation(recommender=cleaned["recommender"], upload=cleaned["files"], **who)
                    return redirect("quality_mark:recommendations", pk)
        except Refused as refusal:
            if form is None:
                form = asking = AskForm({}, prefix="ask")
            form.full_clean()
            form.add_error("files" if refusal.field == "files" else None, str(refusal))
    context = frame(application, steps.RECOMMENDATIONS) | {
        "asking": asking,
        "uploading": uploading,
        "recommendations": application.recommendations.select_related("paper"),
        "next_step": steps.PAPERS,
    }
    is_wrong = asking.errors or uploading.errors
    return render(request, "quality_mark/recommendations.html", context, status=422 if is_wrong else 200)


@login_required
def paper_file(request, pk):
    """The applicant's own files and those that the office shows; all of a case for those who handle
    it, but for a case of an organisation of their own."""
    paper = get_object_or_404(Paper.objects.select_related("application__offer__organisation__unit"), pk=pk)
    mine = paper.is_shown and access.may_act(request.user, Actor.APPLICANT, paper.application)
    handles = may(request.user, Action.HANDLE_MARK)
    if not mine and (not handles or access.is_own(request.user, paper.application.offer.organisation)):
        raise Http404
    if not paper.file.storage.exists(paper.file.name):
        raise Http404
    seen_here = paper.content_type in (PDF, JPEG)
    response = FileResponse(
        paper.file.open(), as_attachment=not seen_here, filename=paper.name, content_type=paper.content_type
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _asked():
    return Recommendation.objects.select_related(
        "application__offer__organisation__institution", "application__offer__organisation__unit"
    )


@accepts("GET", "HEAD", "POST")
@opened(RECOMMENDATION, _asked)
def recommend(request, row, token):
    """The page of a customer, who needs no account."""
    is_open = row.application.state in EDITABLE
    initial = {"text": row.text, "signed_name": row.signed_name, "function": row.function}
    form = RecommendForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            papers.recommend(recommendation_id=row.pk, **form.cleaned_data, now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "quality_mark/recommended.html", {"row": row})
    context = {"row": row, "form": form, "is_open": is_open}
    return render(request, "quality_mark/recommend.html", context, status=422 if form.errors else 200)


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 18 else 0
