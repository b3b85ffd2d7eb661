"""The attendance list to be signed, and the scan of the signed one."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.jobs import orders
from core.exceptions import Refused
from core.http import accepts
from events.day.attendance_list import attendance_pdf, people_of
from events.day.jobs import LIST
from events.forms.attendance import ListForm, ScanForm
from events.use_cases.day import scans
from events.views.day.pages import posted, tabs
from events.views.doors import event_of, for_coordinators

# A list of so many is set in less time than a page is read; whoever asks for it at the door should not have to wait
# for a worker and press twice. Longer ones are work with progress.
AT_ONCE = 60


@accepts("GET", "HEAD", "POST")
@for_coordinators
def attendance_list(request, slug):
    event = event_of(slug)
    days = list(event.days.all())
    form = ListForm(posted(request)[0], days=days)
    people = people_of(event)
    if request.method == "POST" and form.is_valid():
        named = form.cleaned_data.pop("day", "")
        chosen = next((day for day in days if str(day.pk) == named), None)
        if len(people) <= AT_ONCE:
            content = attendance_pdf(event, people, day=chosen, **form.cleaned_data)
            return _pdf(content, f"lista-obecnosci-{event.slug}.pdf")
        job = orders.ask(
            kind=LIST,
            title=f"Lista obecności: {event.title}",
            owner=request.user,
            given={"event_id": event.pk, "day_id": chosen and chosen.pk, **form.cleaned_data},
            total=len(people),
            back=request.path,
            now=timezone.now(),
        )
        return redirect(job)
    context = {"event": event, "tabs": tabs(event, "attendance_list"), "form": form, "people": len(people)}
    return render(request, "events/day/attendance_list.html", context, status=422 if form.errors else 200)


@accepts("GET", "HEAD", "POST")
@for_coordinators
def attendance_scans(request, slug):
    event = event_of(slug)
    if request.method == "POST" and request.POST.get("usun", "").isdecimal():
        scans.remove_scan(scan_id=int(request.POST["usun"][:9]), event_id=event.pk)
        return redirect(request.path)
    form = ScanForm(*posted(request), days=list(event.days.all()))
    if request.method == "POST" and form.is_valid():
        try:
            scans.attach_scan(
                event_id=event.pk,
                day_id=form.cleaned_data.get("day") or None,
                document=form.cleaned_data["document"],
                actor=request.user,
                now=timezone.now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Skan jest zapisany.")
            return redirect(request.path)
    context = {
        "event": event,
        "tabs": tabs(event, "attendance_scans"),
        "form": form,
        "scans": event.scans.select_related("day", "added_by"),
    }
    return render(request, "events/day/scans.html", context, status=422 if form.errors else 200)


@for_coordinators
def attendance_scan(request, slug, pk):
    """The scan itself, for those who may see it."""
    scan = get_object_or_404(event_of(slug).scans, pk=pk)
    try:
        file = scan.file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=scan.content_type)
    suffix = scan.file.name.rpartition(".")[2]
    response["Content-Disposition"] = f'inline; filename="lista-{slug[:60]}-{scan.pk}.{suffix}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _pdf(content, name):
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
