from django.urls import path

from procurement.views.plans import columns, desk, files, items, public, publishing

PLAN = "panel/zamowienia/plany/<int:pk>"

urlpatterns = [
    path("zamowienia/plany/<slug:slug>/<int:year>/", public.plan_year, name="plan_year"),
    path("zamowienia/plany/<slug:slug>/<int:year>/plan.<str:extension>", public.plan_year_file, name="plan_year_file"),
    path("panel/zamowienia/plany/", desk.plan_list, name="plan_list"),
    path("panel/zamowienia/plany/nowy/", desk.new_plan, name="plan_new"),
    path(f"{PLAN}/", desk.plan, name="plan"),
    path(f"{PLAN}/dane/", desk.plan_head, name="plan_head"),
    path(f"{PLAN}/szkic/", desk.start_draft, name="plan_draft"),
    path(f"{PLAN}/szkic/usun/", desk.discard, name="plan_discard"),
    path(f"{PLAN}/pozycja/", items.new_item, name="plan_item_new"),
    path(f"{PLAN}/pozycja/<int:position>/", items.item, name="plan_item"),
    path(f"{PLAN}/pozycja/<int:position>/rezygnacja/", items.drop, name="plan_item_drop"),
    path(f"{PLAN}/pozycja/<int:position>/przywroc/", items.take_up, name="plan_item_take_up"),
    path(f"{PLAN}/plik/", files.plan_file, name="plan_file"),
    path(f"{PLAN}/plik/<int:run>/", files.plan_import, name="plan_import"),
    path(f"{PLAN}/plik/<int:run>/kolumny/", columns.plan_columns, name="plan_columns"),
    path(f"{PLAN}/plik/<int:run>/odrzucone/", files.rejected_rows, name="plan_rejected"),
    path(f"{PLAN}/plik/<int:run>/raport.json", files.import_report, name="plan_report"),
    path(f"{PLAN}/podglad/", publishing.preview, name="plan_preview"),
    path(f"{PLAN}/ogloszenie/", publishing.publish_plan, name="plan_publish"),
    path(f"{PLAN}/roznice/", publishing.differences, name="plan_differences"),
]
