"""One page for a run that shows what its state asks for, and the steps that move it on. Work happens in tasks."""

import io
import tempfile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.jobs import orders
from accounts.jobs.views import detail as describe
from core.exceptions import Refused
from core.http import paginate
from registry.admin.imports import preview
from registry.admin.imports.forms import ColumnsForm, UploadForm
from registry.choices import ImportState
from registry.use_cases.imports import mapping, report, runs, undo

PER_PAGE = 50
TOUCHED_SHOWN = 200


def start(admin, request):
    """A new import: the file is looked into at once, and read row by row in a task."""
    _may(admin.has_add_permission(request))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        run = form.receive(actor=request.user)
        return _order(request, run, "registry.check_import")
    return _page(admin, request, "start", title="Nowy import", form=form)


def show(admin, request, run):
    """Preview, progress, columns or result, as the state of the run asks."""
    _may(admin.has_view_permission(request, run))
    if runs.is_stalled(run):
        return _page(admin, request, "stalled", run=run)
    if run.state in ImportState.working() or (run.job and run.job.is_open):
        return _page(admin, request, "progress", run=run, refresh=3, detail=run.job and describe(run.job))
    if run.state == ImportState.NEEDS_MAPPING:
        return columns(admin, request, run)
    if run.state in (ImportState.STAGED, *ImportState.written()):
        return _rows(admin, request, run)
    return _page(admin, request, "plain", run=run, may_check=run.state == ImportState.UPLOADED)


def _rows(admin, request, run):
    tabs = preview.tabs(run)
    code = request.GET.get("zakladka", "") or preview.first_tab(tabs)
    if code not in preview.TABS:
        raise Http404
    for tab in tabs:
        tab["current"] = tab["code"] == code
    words = request.GET.get("q", "").strip()[:100]
    count = None if words else next(tab["count"] for tab in tabs if tab["code"] == code)
    page = paginate(request, preview.rows(run, code, words=words), PER_PAGE, count=count)
    return _page(
        admin,
        request,
        "rows",
        run=run,
        tabs=tabs,
        tab=code,
        explained=(preview.EXPLAINED if run.state == ImportState.STAGED else preview.TOLD_AFTER)[code],
        page=page,
        lines=preview.lines(page.object_list, run=run),
        words=words,
        staged=run.state == ImportState.STAGED,
        applied=run.state == ImportState.APPLIED,
        file_notes=run.counts.get("file", []),
    )


def columns(admin, request, run):
    """What the columns are, where the program did not know or guessed wrong; remembered for the source."""
    _may(admin.has_change_permission(request, run))
    form = ColumnsForm(request.POST if request.method == "POST" else None, run=run)
    if request.method == "POST" and form.is_valid():
        try:
            mapping.remember(run_id=run.pk, columns=form.columns())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _order(request, run, "registry.check_import")
    return _page(admin, request, "columns", run=run, form=form)


def step(admin, request, run, *, do):
    """A press of a button: check again, write, give up, pick up after a crash."""
    _may(admin.has_change_permission(request, run))
    if request.method != "POST":
        return HttpResponseRedirect(address(run))
    return STEPS[do](request, run)


def _check(request, run):
    return _order(request, run, "registry.check_import")


def _write(request, run):
    return _order(request, run, "registry.write_import", total=run.rows_total)


def _break_off(request, run):
    """While a worker is at it: what it has written of this step is given up."""
    if not run.job:
        return HttpResponseRedirect(address(run))
    return _try(
        request,
        run,
        lambda: orders.cancel(job_id=run.job_id, now=timezone.now()),
        "Przerywam; to może potrwać kilka sekund.",
    )


def _give_up(request, run):
    return _try(
        request, run, lambda: runs.cancel(run_id=run.pk), "Import porzucono; w rejestrze nic się nie zmieniło."
    )


def _pick_up(request, run):
    """The next step of a run whose process died: reading goes on by itself, writing waits for a word."""
    before = run.state
    try:
        run = runs.pick_up(run_id=run.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(address(run))
    if before == ImportState.STAGING:
        return _order(request, run, "registry.check_import")
    return HttpResponseRedirect(address(run))


def undo_run(admin, request, run):
    """Before a whole run is taken back: which of its cards somebody has changed since."""
    _may(admin.has_change_permission(request, run))
    if run.state != ImportState.APPLIED:
        return HttpResponseRedirect(address(run))
    if request.method == "POST":
        leave = "zostaw" in request.POST
        return _order(request, run, "registry.undo_import", leave_touched=leave)
    touched = undo.touched(run_id=run.pk)
    shown = touched[:TOUCHED_SHOWN]
    return _page(admin, request, "undo", run=run, touched=shown, count=len(touched), more=len(touched) - len(shown))


STEPS = {"sprawdz": _check, "zapisz": _write, "porzuc": _give_up, "wznow": _pick_up, "przerwij": _break_off}


def report_file(admin, request, run):
    """The report in JSON, as `import_registry --report` writes it."""
    _may(admin.has_view_permission(request, run))
    if run.state not in (ImportState.STAGED, *ImportState.written()):
        raise Http404
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    text = io.TextIOWrapper(file, encoding="utf-8", write_through=True)
    report.write(run, text)
    text.detach()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"import-{run.pk}.json", content_type="application/json")


def rejected_file(admin, request, run):
    """The refused rows in the layout of the file, with the reason in the last column."""
    _may(admin.has_view_permission(request, run))
    if not run.rejected_file:
        raise Http404
    return FileResponse(run.rejected_file.open(), as_attachment=True)


def address(run):
    return reverse("admin:registry_importrun_change", args=[run.pk])


TITLES = {
    "registry.check_import": "Sprawdzenie pliku",
    "registry.write_import": "Zapis importu",
    "registry.undo_import": "Cofnięcie importu",
}


def _order(request, run, kind, *, total=0, **given):
    """Hand the next step to a worker and show how far it is."""
    order = {"owner": request.user, "back": address(run), "now": timezone.now()}
    title = f"{TITLES[kind]}: {run.file_name}"
    try:
        runs.order(run_id=run.pk, kind=kind, title=title, total=total, given={"run_id": run.pk} | given, **order)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(address(run))


def _try(request, run, do, done):
    try:
        do()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(address(run))


def _may(allowed):
    if not allowed:
        raise PermissionDenied


def _page(admin, request, name, *, title=None, run=None, **context):
    context |= admin.admin_site.each_context(request) | {
        "opts": admin.opts,
        "title": title or run.file_name,
        "run": run,
        # What went wrong with the file, or else with the work at it.
        "refusal": run and (run.error or (run.job.error if run.job else "")),
        "may_change": admin.has_change_permission(request, run),
    }
    return TemplateResponse(request, f"admin/registry/imports/{name}.html", context)
