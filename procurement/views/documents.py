from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.text import slugify

from core.polish import fold
from procurement.access import may_work_with
from procurement.choices import NoticeState
from procurement.models import NoticeDocument
from procurement.notices.files import PDF


def document(request, pk):
    """A file of a notice: for everybody once the notice is public, for its officers before and after."""
    rows = NoticeDocument.objects.exclude(file="").select_related("notice__authority", "notice__unit")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    if found.notice.state not in NoticeState.public() and not may_work_with(request, found.notice):
        raise Http404
    try:
        file = default_storage.open(found.file.name)
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"{slugify(fold(found.title))[:80] or 'dokument'}.{found.file.name.rpartition('.')[2]}"
    # Nothing but a PDF is opened in the portal's own name, and that without any power.
    inline = found.content_type == PDF[0]
    response = FileResponse(file, content_type=found.content_type, as_attachment=not inline, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    if found.notice.state not in NoticeState.public():
        response["Cache-Control"] = "private, no-store"
    return response
