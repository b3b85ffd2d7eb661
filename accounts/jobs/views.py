"""What a person has asked for: how far it is, what came of it. Of another person's work nobody is told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from accounts.choices import JobState
from accounts.jobs import keeping, kinds, orders
from accounts.models import Job
from core.exceptions import Refused
from core.http import accepts, paginate

PER_PAGE = 25
REFRESH_SECONDS = 3
COLUMNS = [{"label": "Co"}, {"label": "Kiedy zlecono"}, {"label": "Stan"}]


@login_required
def own(request):
    page = paginate(request, Job.objects.of(request.user), PER_PAGE)
    return render(
        request,
        "accounts/job_list.html",
        {"page": page, "columns": COLUMNS, "rows": [_row(job) for job in page.object_list]},
    )


@login_required
def job(request, pk):
    found = _own(request, pk)
    context = {
        "job": found,
        "refresh": REFRESH_SECONDS if found.is_open else None,
        "detail": detail(found) if found.is_open else "",
        "has_file": _has_file(found),
        "may_cancel": found.is_open and not found.cancel_asked_at,
    }
    return render(request, "accounts/job.html", context)


@accepts("POST")
@login_required
def cancel(request, pk):
    found = _own(request, pk)
    if request.method == "POST":
        try:
            orders.cancel(job_id=found.pk, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(found)


@login_required
def file(request, pk):
    found = _own(request, pk)
    if not _has_file(found):
        raise Http404
    return FileResponse(found.file.open(), as_attachment=True)


def detail(job):
    """How far a job is, in words."""
    if job.state == JobState.QUEUED:
        return "Czeka na wolny proces."
    if keeping.is_stalled(job):
        return "Proces, który to robił, przestał działać. Praca zacznie się od nowa sama, w ciągu kilku minut."
    if job.cancel_asked_at:
        return "Przerywam…"
    if not job.done:
        return "Zaczęte."
    return f"{job.done} z {job.total}" if job.total else f"Zrobione: {job.done}"


def _own(request, pk):
    return get_object_or_404(Job.objects.of(request.user), pk=pk)


def _has_file(job):
    if job.state != JobState.DONE or not job.file or not kinds.may_have_result(job):
        return False
    return job.file.storage.exists(job.file.name)


def _row(job):
    link = format_html('<a href="{}">{}</a>', job.get_absolute_url(), job.title)
    return [link, date_format(timezone.localtime(job.asked_at), "j E Y, H:i"), job.get_state_display()]
