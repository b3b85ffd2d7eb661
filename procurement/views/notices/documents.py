"""The documents of a notice: files and links, each added and taken away at once."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from procurement.choices import NoticeState
from procurement.forms.notices import DocumentForm
from procurement.forms.steps import ReasonForm
from procurement.notices import steps
from procurement.use_cases.notices import documents
from procurement.views.notices.frame import frame


def document_list(request, notice):
    data, uploads = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DocumentForm(data, uploads)
    why = ReasonForm(data) if notice.state in NoticeState.public() else None
    if data is not None and (why is None or why.is_valid()):
        reason = why.cleaned_data["reason"] if why else ""
        if _done(request, notice, form, reason):
            return redirect("procurement:notice_step", notice.pk, steps.DOCUMENTS)
    faulty = bool(form.is_bound and form.errors) or bool(why is not None and why.errors)
    context = {"form": form, "why": why, "documents": notice.documents.all()} | frame(notice, steps.DOCUMENTS)
    return render(request, "procurement/notices/documents.html", context, status=422 if faulty else 200)


def _done(request, notice, form, reason):
    given = {"notice_id": notice.pk, "reason": reason, "actor": request.user, "now": timezone.now()}
    gone = request.POST.get("usun", "")
    try:
        if gone:
            number = int(gone) if gone.isascii() and gone.isdigit() and len(gone) < 12 else 0
            documents.drop_document(document_id=number, **given)
            messages.success(request, "Dokument jest usunięty.")
            return True
        if not form.is_valid():
            return False
        cleaned = form.cleaned_data
        documents.add_document(title=cleaned["title"], upload=cleaned["file"], url=cleaned["url"], **given)
    except Refused as refusal:
        form.full_clean()
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, "Dokument jest dodany.")
    return True
