"""The last step: what is missing, the whole application in words, signing and sending it in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from quality_mark.applying import steps
from quality_mark.applying.content import sections
from quality_mark.applying.missing import gaps
from quality_mark.choices import ApplicationState
from quality_mark.forms.papers import DeclareForm, SignedForm
from quality_mark.tasks import applications as tasks
from quality_mark.use_cases import applying, documents, papers
from quality_mark.views.applying import frame
from quality_mark.views.own import own_application


@accepts("GET", "HEAD", "POST")
@login_required
def summary(request, pk):
    application = own_application(request, pk)
    if application.state == ApplicationState.CORRECTION:
        return redirect("quality_mark:own_call", pk)
    declaring, signing, refusal = DeclareForm(prefix="declare"), SignedForm(prefix="copy"), ""
    if request.method == "POST":
        try:
            if "kopia" in request.POST:
                signing = SignedForm(request.POST, request.FILES, prefix="copy")
                if _added(request, pk, signing):
                    return redirect("quality_mark:summary", pk)
            else:
                declaring = DeclareForm(request.POST, prefix="declare")
                if "na-papierze" in request.POST or declaring.is_valid():
                    return _sent(request, pk, declaring)
        except Refused as refused:
            refusal = str(refused)
    is_draft = application.state == ApplicationState.DRAFT
    context = frame(application, steps.SUMMARY) | {
        "refusal": refusal,
        "why_not": applying.why_not(application, timezone.localdate()) if is_draft else "",
        "sections": sections(application),
        "declaring": declaring if application.rulebook.takes_typed_declaration else None,
        "signing": signing,
        "signed": applying.signed_copy(application) if is_draft else None,
        "outdated": application.papers.filter(code=applying.SIGNED, removed_at=None).exists() if is_draft else False,
    }
    is_wrong = refusal or declaring.errors or signing.errors
    return render(request, "quality_mark/summary.html", context, status=422 if is_wrong else 200)


def _added(request, pk, form):
    if not form.is_valid():
        return False
    given = {"code": applying.SIGNED, "upload": form.cleaned_data["files"]}
    try:
        papers.add_paper(application_id=pk, **given, actor=request.user, now=timezone.now())
    except Refused as refusal:
        form.add_error("files", str(refusal))
        return False
    return True


def _sent(request, pk, form):
    is_on_paper = "na-papierze" in request.POST
    name = "" if is_on_paper else form.cleaned_data["name"]
    sent = applying.submit(
        application_id=pk, gaps=gaps, signed_name=name, is_on_paper=is_on_paper, actor=request.user, now=timezone.now()
    )
    # It is sent, whether or not a worker can be told: the next sweep draws what nobody has drawn.
    transaction.on_commit(lambda: tasks.draw.delay(application_id=pk), robust=True)
    messages.success(request, f"Wniosek {sent.number} został złożony.")
    return redirect("quality_mark:application", pk)


@login_required
def to_sign(request, pk):
    """The draft as a document to be printed, or signed electronically."""
    application = own_application(request, pk)
    if application.state != ApplicationState.DRAFT:
        raise Http404
    content = documents.application_pdf(application, sections(application))
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="wniosek-o-znak-{pk}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
