from django.urls import path

from procurement.views import documents, posting
from procurement.views.notices import clauses, desk, form_steps, results

_NOTICE = "panel/zamowienia/ogloszenia/<int:pk>"

urlpatterns = [
    path("panel/zamowienia/ogloszenia/", desk.notice_list, name="notice_list"),
    path("panel/zamowienia/ogloszenia/nowe/", desk.new, name="notice_new"),
    path(f"{_NOTICE}/", desk.notice, name="notice"),
    path(f"{_NOTICE}/krok/<slug:key>/", form_steps.step, name="notice_step"),
    path(f"{_NOTICE}/klauzule/nowa/<slug:code>/", clauses.new_clause, name="notice_new_clause"),
    path(f"{_NOTICE}/klauzule/<int:clause_id>/", clauses.clause, name="notice_clause"),
    path(f"{_NOTICE}/podglad/", desk.preview, name="notice_preview"),
    path(f"{_NOTICE}/ogloszenie/", desk.publish, name="notice_publish"),
    path(f"{_NOTICE}/wycofanie/", desk.withdraw, name="notice_withdraw"),
    path(f"{_NOTICE}/usuniecie/", desk.discard, name="notice_discard"),
    path(f"{_NOTICE}/kopia/", desk.copy, name="notice_copy"),
    path(f"{_NOTICE}/wyniki/", results.result_list, name="results"),
    path(f"{_NOTICE}/wyniki/<int:number>/", results.result, name="result"),
    path(f"{_NOTICE}/realizacja/<int:award_id>/", results.performance, name="performance"),
    path("zamowienia/dokumenty/<int:pk>/", documents.document, name="document"),
    path("zamowienia/<int:pk>-<slug:slug>/", posting.posting, name="posting"),
]
