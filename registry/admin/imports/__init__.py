"""Imports: the list of runs, and one page a run from upload to undoing."""

from functools import update_wrapper

from django.contrib import admin
from django.shortcuts import get_object_or_404
from django.urls import path
from unfold.decorators import display

from registry.admin.base import RegisterAdmin, tags
from registry.admin.cards.filters import SourceFilter, StrictFilter
from registry.admin.imports import views
from registry.choices import ImportState
from registry.models import ImportRun
from registry.use_cases.imports import runs

COLOURS = {
    ImportState.APPLIED: "yes",
    ImportState.STAGED: "warn",
    ImportState.NEEDS_MAPPING: "warn",
    ImportState.FAILED: "no",
}


# Checked but not written, or waiting for a word about the columns.
AWAITING = [ImportState.STAGED, ImportState.NEEDS_MAPPING]


class StateFilter(StrictFilter):
    title, parameter_name = "stan", "stan"
    options = [("decyzja", "czeka na decyzję"), *ImportState.choices]

    def narrow(self, queryset, value):
        return queryset.filter(state__in=AWAITING if value == "decyzja" else [value])


@admin.register(ImportRun)
class ImportRunAdmin(RegisterAdmin):
    list_display = ["file_name", "source", "state_word", "result", "created_at", "who"]
    list_select_related = ["source", "started_by"]
    list_filter = [StateFilter, SourceFilter]
    search_fields = ["file_name"]
    ordering = ["-created_at", "-pk"]

    def get_urls(self):
        def wrap(view):
            return update_wrapper(self.admin_site.admin_view(view), view)

        def of_run(view, **given):
            def inner(request, pk):
                run = get_object_or_404(ImportRun.objects.select_related("source", "started_by", "job"), pk=pk)
                return view(self, request, run, **given)

            return wrap(inner)

        return [
            path("add/", wrap(lambda request: views.start(self, request)), name="registry_importrun_add"),
            path("<int:pk>/change/", of_run(views.show), name="registry_importrun_change"),
            path("<int:pk>/kolumny/", of_run(views.columns), name="registry_importrun_columns"),
            path("<int:pk>/cofnij/", of_run(views.undo_run), name="registry_importrun_undo"),
            path("<int:pk>/raport.json", of_run(views.report_file), name="registry_importrun_report"),
            path("<int:pk>/odrzucone/", of_run(views.rejected_file), name="registry_importrun_rejected"),
            *(
                path(f"<int:pk>/{do}/", of_run(views.step, do=do), name=f"registry_importrun_{do}")
                for do in views.STEPS
            ),
            path("", wrap(self.changelist_view), name="registry_importrun_changelist"),
        ]

    @display(description="stan")
    def state_word(self, run):
        return tags([(COLOURS.get(run.state, ""), run.get_state_display())])

    @display(description="wynik")
    def result(self, run):
        return runs.result_words(run) or "–"

    @display(description="kto")
    def who(self, run):
        return run.started_by.get_full_name() if run.started_by else "z wiersza poleceń"
