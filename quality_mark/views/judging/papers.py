"""A file of a case, for those who judge it."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from core.signed_files import JPEG, PDF
from quality_mark.models import Paper
from quality_mark.reading import may_read


def sent_file(file, name, content_type):
    if not file or not file.storage.exists(file.name):
        raise Http404
    seen_here = content_type in (PDF, JPEG)
    response = FileResponse(file.open(), as_attachment=not seen_here, filename=name, content_type=content_type)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
def case_paper(request, pk):
    rows = Paper.objects.filter(removed_at=None).select_related(
        "application__offer__organisation__institution", "application__offer__organisation__unit"
    )
    paper = get_object_or_404(rows, pk=pk)
    if not may_read(request.user, paper.application):
        raise Http404
    return sent_file(paper.file, paper.name, paper.content_type)
