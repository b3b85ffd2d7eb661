"""A plan from a file: sent, looked at, written into the draft."""

import io
import json
from types import SimpleNamespace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.jobs.views import REFRESH_SECONDS
from accounts.jobs.views import detail as describe
from core.http import accepts, paginate
from procurement.choices import PlanImportState
from procurement.forms.plans import WHOLE, PlanFileForm
from procurement.plans.differences import lines
from procurement.plans.rejected import as_sheet
from procurement.use_cases.plans import comparing, importing
from procurement.use_cases.plans.columns import may_be_told
from procurement.use_cases.plans.report import report_of
from procurement.views.plans.doors import for_planners, posted, tried
from registry.spreadsheets import write_rejected

PER_PAGE = 100
BECAME = {
    comparing.CREATED: ("nowa", "good"),
    comparing.UPDATED: ("zmiana", "warn"),
    comparing.UNCHANGED: ("bez zmian", ""),
    comparing.DROPPED: ("rezygnacja", "bad"),
}


@accepts("GET", "HEAD", "POST")
@for_planners
def plan_file(request, plan):
    form = PlanFileForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        upload, now = form.cleaned_data["file"], timezone.now()
        run = importing.receive(
            plan=plan,
            file=upload.file,
            name=upload.name,
            is_whole=form.cleaned_data["scope"] == WHOLE,
            actor=request.user,
            now=now,
        )
        read_now_or_later(request, plan, run)
        return redirect(address_of(plan, run))
    return render(
        request, "procurement/plans/file.html", {"plan": plan, "form": form}, status=422 if form.errors else 200
    )


def read_now_or_later(request, plan, run):
    """A small file while the person waits, a large one by a worker."""
    if importing.is_small(run):
        importing.read(import_id=run.pk, may_ask=True)
    else:
        _order(request, plan, run, importing.READ)


@accepts("GET", "HEAD", "POST")
@for_planners
def plan_import(request, plan, run):
    """Progress, preview or result, as the file stands; what its columns are is asked on a page of its own."""
    run = find(plan, run)
    if request.method == "POST":
        return _step(request, plan, run)
    if run.job and run.job.is_open:
        context = {"plan": plan, "run": run, "refresh": REFRESH_SECONDS, "detail": describe(run.job)}
        return render(request, "procurement/plans/file_progress.html", context)
    if run.state == PlanImportState.NEEDS_COLUMNS:
        return redirect("procurement:plan_columns", plan.pk, run.pk)
    context = {"plan": plan, "run": run, "may_tell_columns": may_be_told(run)}
    context |= {"rejected": [one["rejection"] for one in run.drafts if one["rejection"]]}
    if run.state == PlanImportState.READ:
        outcome = importing.outcome_of(run)
        page = paginate(request, outcome.rows, PER_PAGE)
        context |= {
            "report": report_of(run, outcome),
            "page": page,
            "lines": [_line(*row) for row in page.object_list],
            "dropped": outcome.dropped,
        }
    elif run.state == PlanImportState.APPLIED:
        context["report"] = run.report
    return render(request, "procurement/plans/file_rows.html", context)


def _line(draft, became, changed):
    words, kind = BECAME[became]
    return {
        "draft": draft,
        "values": draft["values"],
        "words": words,
        "kind": kind,
        "changes": lines(changed),
        "warnings": draft["warnings"],
    }


def _step(request, plan, run):
    if "porzuc" in request.POST:
        tried(
            request,
            lambda: importing.give_up(import_id=run.pk) or True,
            "Plik porzucono. W planie nic się nie zmieniło.",
        )
        return redirect("procurement:plan", plan.pk)
    if len(run.drafts) > importing.MOST_ROWS_AT_ONCE:
        _order(request, plan, run, importing.APPLY)
        return redirect(address_of(plan, run))
    done = tried(request, lambda: importing.apply(import_id=run.pk, actor=request.user, now=timezone.now()))
    if done is None:
        return redirect(address_of(plan, run))
    report = done.report
    messages.success(
        request,
        f"Zapisano w szkicu – nowe: {report['created']}, zmienione: {report['updated']}, "
        f"bez zmian: {report['unchanged']}, odrzucone: {len(report['rejected'])}.",
    )
    return redirect(address_of(plan, run) if report["rejected"] else reverse("procurement:plan", args=[plan.pk]))


@for_planners
def rejected_rows(request, plan, run):
    """The refused rows as a file with the reason in the last column, to be mended and sent again."""
    run = find(plan, run)
    heading, pairs = as_sheet([one for one in run.drafts if one["rejection"]])
    content, is_csv = io.BytesIO(), run.file_name.lower().endswith((".csv", ".txt", ".tsv"))
    like = SimpleNamespace(format="csv" if is_csv else "xlsx", delimiter=";", name="Odrzucone")
    write_rejected(content, heading=heading, rows_with_reasons=pairs, like=like)
    extension, kind = ("csv", "text/csv; charset=utf-8") if is_csv else ("xlsx", XLSX)
    return _download(content.getvalue(), f"odrzucone-{run.pk}.{extension}", kind)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_planners
def import_report(request, plan, run):
    run = find(plan, run)
    told = run.report
    if run.state == PlanImportState.READ:
        told = report_of(run, importing.outcome_of(run))
    return _download(json.dumps(told, ensure_ascii=False, indent=1), f"import-{run.pk}.json", "application/json")


def _download(content, name, kind):
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def find(plan, pk):
    return get_object_or_404(plan.imports.select_related("job"), pk=pk)


def address_of(plan, run):
    return reverse("procurement:plan_import", args=[plan.pk, run.pk])


def _order(request, plan, run, kind):
    back = address_of(plan, run)
    tried(
        request,
        lambda: importing.order(import_id=run.pk, kind=kind, actor=request.user, back=back, now=timezone.now()),
    )
