"""What a holder takes along: the files of the sign, and certificates."""

import io
import zipfile

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.permissions import Action, may
from core.exceptions import Refused
from core.http import accepts
from quality_mark.access import may_act
from quality_mark.choices import Actor
from quality_mark.models import Certificate, Mark
from quality_mark.register.numbers import page_of
from quality_mark.register.standing import holds, on_day
from quality_mark.use_cases import sign_files
from quality_mark.views.holding.doors import own_one


@accepts("GET", "HEAD", "POST")
@login_required
def sign_pack(request, pk):
    """The files of the sign as one archive. Fetched by pressing a button, because each time is written down."""
    mark = own_one(request, pk)
    if request.method == "POST":
        try:
            files = sign_files.take(mark_id=mark.pk, actor=request.user, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            return _archive(mark, files)
    return redirect("quality_mark:own_mark", pk)


@login_required
def certificate(request, pk):
    """The holder's and the office's; made by a worker, so that there may be none yet.

    Holders get it as long as it says what is true: handed out after the mark has ended, or was suspended or taken
    away, it would look like one that holds, and nothing on it tells the day on which it was fetched. They are told
    since when and why instead; letters and agreements of their case stay theirs. The office, which does not show it
    to anybody, reads its own file of the case at any time (docs/decisions/0096).
    """
    rows = Certificate.objects.exclude(made_at=None).select_related("licence")
    row = get_object_or_404(rows, pk=pk)
    mark = Mark.objects.told().get(pk=row.licence.mark_id)
    is_office = may(request.user, Action.HANDLE_MARK)
    if not may_act(request.user, Actor.APPLICANT, mark) and not is_office:
        raise Http404
    if not row.file or not row.file.storage.exists(row.file.name):
        raise Http404
    today = timezone.localdate()
    if not is_office and not holds(mark, row.licence, today):
        given = {"mark": mark, "licence": row.licence, "stand": on_day(mark, today), "page": page_of(mark.number)}
        return render(request, "quality_mark/holding/certificate_over.html", given, status=403)
    name = f"certyfikat-{mark.number.replace('/', '-')}.pdf"
    response = FileResponse(row.file.open(), filename=name, content_type="application/pdf")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _archive(mark, files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    response = HttpResponse(content.getvalue(), content_type="application/zip")
    name = f"znak-{mark.number.replace('/', '-')}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
