"""The step of an application with files, and the files themselves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.permissions import Action, may
from core.exceptions import Refused
from core.http import accepts
from core.signed_files import JPEG, PDF
from quality_mark import access
from quality_mark.applying import steps
from quality_mark.choices import Actor
from quality_mark.forms.papers import PaperForm
from quality_mark.models import Paper
from quality_mark.use_cases import papers
from quality_mark.views.applying import frame
from quality_mark.views.own import own_application


@accepts("GET", "HEAD", "POST")
@login_required
def paper_list(request, pk):
    """One form for all files: whichever button is pressed, what was chosen anywhere on the page is kept."""
    application, faulty = own_application(request, pk), {}
    if request.method == "POST":
        faulty = _add(request, application)
        if given := request.POST.get("usun"):
            _remove(request, pk, number(given))
        if not faulty:
            goes_on = "dalej" in request.POST
            return redirect(steps.url_of(pk, steps.DECLARATIONS) if goes_on else steps.url_of(pk, steps.PAPERS))
    stored = list(application.papers.filter(removed_at=None, is_of_office=False))
    context = frame(application, steps.PAPERS)
    asked = [
        {
            "paper": paper,
            "stored": [one for one in stored if one.code == paper.code],
            "form": faulty.get(paper.code) or PaperForm(prefix=paper.code),
            "is_open": context["places"].opens_code(paper.code),
        }
        for paper in application.papers_asked
    ]
    context |= {
        "asked": asked,
        "is_open": any(one["is_open"] for one in asked),
        "next_url": steps.url_of(pk, steps.DECLARATIONS),
    }
    return render(request, "quality_mark/papers.html", context, status=422 if faulty else 200)


def _add(request, application):
    """Keeps each file by itself, so that one that is refused takes no other with it: {code: form with its fault}."""
    faulty, pressed = {}, request.POST.get("dodaj")
    for code in (paper.code for paper in application.papers_asked):
        form = PaperForm(request.POST, request.FILES, prefix=code)
        if not form.has_changed() and code != pressed:
            continue
        try:
            for upload in form.cleaned_data["files"] if form.is_valid() else ():
                papers.add_paper(
                    application_id=application.pk, code=code, upload=upload, actor=request.user, now=timezone.now()
                )
        except Refused as refusal:
            form.add_error("files", str(refusal))
        if form.errors:
            faulty[code] = form
    return faulty


def _remove(request, pk, paper_id):
    try:
        papers.remove_paper(application_id=pk, paper_id=paper_id, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))


@login_required
def paper_file(request, pk):
    """The applicant's own files and those that the office shows; all of a case for those who handle
    it, but for a case of an organisation of their own."""
    paper = get_object_or_404(Paper.objects.select_related("application__offer__organisation__unit"), pk=pk)
    mine = paper.is_shown and access.may_act(request.user, Actor.APPLICANT, paper.application)
    # The office reads what was sent to it, no draft.
    handles = bool(paper.application.number) and may(request.user, Action.HANDLE_MARK)
    if not mine and (not handles or access.is_own(request.user, paper.application.offer.organisation)):
        raise Http404
    # Of a case that was over long ago the file is gone, and its name with it.
    if not paper.file or not paper.file.storage.exists(paper.file.name):
        raise Http404
    seen_here = paper.content_type in (PDF, JPEG)
    response = FileResponse(
        paper.file.open(), as_attachment=not seen_here, filename=paper.name, content_type=paper.content_type
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def number(text):
    return int(text) if text.isdecimal() and len(text) < 18 else 0
