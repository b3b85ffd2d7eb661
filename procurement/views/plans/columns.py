"""Between the file and its preview: a person says which row holds the headings and which column is which."""

from django.contrib import messages
from django.shortcuts import redirect, render

from core.exceptions import Refused
from core.http import accepts
from procurement.forms.plan_columns import ColumnsForm, RowsForm
from procurement.plan_sheets.layouts import likeliest, tables_of
from procurement.use_cases.plans.columns import may_be_told, tell_columns
from procurement.use_cases.plans.reading import remembered
from procurement.views.plans.doors import for_planners
from procurement.views.plans.files import address_of, find, read_now_or_later


@accepts("GET", "HEAD", "POST")
@for_planners
def plan_columns(request, plan, run):
    """Rows are chosen by the address and shown, columns are sent: only that writes."""
    run = find(plan, run)
    if not may_be_told(run):
        if request.method == "POST":
            messages.error(request, "Kolumn tego pliku nie można teraz zmienić. Wczytaj plik jeszcze raz.")
        return redirect(address_of(plan, run))
    is_sent = request.method == "POST"
    rows_form = _rows_form(request.POST if is_sent else request.GET, run)
    known = remembered(plan)
    form = ColumnsForm(
        request.POST if is_sent else None,
        tables=tables_of(run.layout, rows_form.rows),
        known=known | run.columns.get("fields", {}),
        remembered=known,
    )
    if is_sent and not rows_form.errors and form.is_valid():
        try:
            run = tell_columns(import_id=run.pk, fields=form.columns(), rows=rows_form.rows)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            read_now_or_later(request, plan, run)
            return redirect(address_of(plan, run))
    context = {"plan": plan, "run": run, "form": form, "rows_form": rows_form}
    status = 422 if form.errors or rows_form.errors else 200
    return render(request, "procurement/plans/file_columns.html", context, status=status)


def _rows_form(data, run):
    """As it was sent, else as it was said before; when no heading was found, the row that looks most like one."""
    rows = {int(number): row for number, row in run.columns.get("rows", {}).items()} or likeliest(run.layout)
    sent = {name: value for name, value in data.items() if name.startswith("arkusz-")}
    form = RowsForm(layout=run.layout, rows=rows)
    if not sent:
        return form
    return RowsForm({name: field.initial for name, field in form.fields.items()} | sent, layout=run.layout, rows=rows)
