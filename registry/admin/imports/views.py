"""One page for a run that shows what its state asks for, and the steps that move it on. Work happens in tasks."""

import io
import tempfile
import time
from zlib import crc32

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from kombu.exceptions import OperationalError

from core.exceptions import Refused
from core.http import paginate
from registry import tasks
from registry.admin.imports import preview
from registry.admin.imports.forms import ColumnsForm, UploadForm
from registry.choices import ImportState
from registry.use_cases.imports import mapping, report, runs, undo

PER_PAGE = 50
# A task that nobody took for so long is not coming: the person may send it again.
PATIENCE = 60
TOUCHED_SHOWN = 200
WAITING = "czeka"


def start(admin, request):
    """A new import: the file is looked into at once, and read row by row in a task."""
    _may(admin.has_add_permission(request))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        run = form.receive(actor=request.user)
        return _send(request, run, tasks.imports.stage_import)
    return _page(admin, request, "start", title="Nowy import", form=form)


def show(admin, request, run):
    """Preview, progress, columns or result, as the state of the run asks."""
    _may(admin.has_view_permission(request, run))
    stalled = runs.is_stalled(run)
    if stalled:
        return _page(admin, request, "stalled", run=run)
    if run.state in ImportState.working() or _is_waiting(request, run):
        return _page(admin, request, "progress", run=run, refresh=3, percent=_percent(run), detail=_detail(run))
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
            return _send(request, run, tasks.imports.stage_import)
    return _page(admin, request, "columns", run=run, form=form)


def step(admin, request, run, *, do):
    """A press of a button: check again, write, give up, pick up after a crash."""
    _may(admin.has_change_permission(request, run))
    if request.method != "POST":
        return HttpResponseRedirect(address(run))
    return STEPS[do](request, run)


def _check(request, run):
    task = tasks.imports.restage_import if run.state == ImportState.STAGED else tasks.imports.stage_import
    return _send(request, run, task)


def _write(request, run):
    return _send(request, run, tasks.imports.apply_import, actor_id=request.user.pk)


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
        return _send(request, run, tasks.imports.stage_import)
    return HttpResponseRedirect(address(run))


def undo_run(admin, request, run):
    """Before a whole run is taken back: which of its cards somebody has changed since."""
    _may(admin.has_change_permission(request, run))
    if run.state != ImportState.APPLIED:
        return HttpResponseRedirect(address(run))
    if request.method == "POST":
        leave = "zostaw" in request.POST
        return _send(request, run, tasks.imports.undo_import, actor_id=request.user.pk, leave_touched=leave)
    touched = undo.touched(run_id=run.pk)
    shown = touched[:TOUCHED_SHOWN]
    return _page(admin, request, "undo", run=run, touched=shown, count=len(touched), more=len(touched) - len(shown))


STEPS = {"sprawdz": _check, "zapisz": _write, "porzuc": _give_up, "wznow": _pick_up}


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


def _send(request, run, task, **arguments):
    """Hand work to a worker and show the progress; without a queue say so and change nothing."""
    run.refresh_from_db()
    before = _footprint(run)
    try:
        task.delay(run_id=run.pk, **arguments)
    except OperationalError:
        messages.error(request, "Kolejka zadań teraz nie odpowiada. Spróbuj za chwilę.")
        return HttpResponseRedirect(address(run))
    return HttpResponseRedirect(f"{address(run)}?{WAITING}={before}.{int(time.time())}")


def _try(request, run, do, done):
    try:
        do()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(address(run))


def _is_waiting(request, run):
    """The address says how the run stood when the work was sent; until that changes a worker is awaited."""
    before, _, sent = request.GET.get(WAITING, "").rpartition(".")
    return before == _footprint(run) and sent.isdigit() and len(sent) < 12 and time.time() - int(sent) < PATIENCE


def _footprint(run):
    """How a run stands, in one word: what an attempt that failed leaves behind counts as well."""
    times = (run.staged_at, run.applied_at, run.undone_at)
    return "-".join(
        [
            run.state,
            *(str(int(moment.timestamp() * 1_000_000)) if moment else "0" for moment in times),
            str(crc32(run.error.encode())),
        ]
    )


def _percent(run):
    """None while the number of rows is not known: the first reading counts them."""
    return run.percent if run.state != ImportState.STAGING and run.rows_done else None


def _detail(run):
    if not run.rows_done:
        return "Czeka na wolny proces albo otwiera plik."
    total = f" z {run.rows_total}" if run.state != ImportState.STAGING and run.rows_total else ""
    return f"Gotowe wiersze: {run.rows_done}{total}"


def _may(allowed):
    if not allowed:
        raise PermissionDenied


def _page(admin, request, name, *, title=None, run=None, **context):
    context |= admin.admin_site.each_context(request) | {
        "opts": admin.opts,
        "title": title or run.file_name,
        "run": run,
        "may_change": admin.has_change_permission(request, run),
    }
    return TemplateResponse(request, f"admin/registry/imports/{name}.html", context)
