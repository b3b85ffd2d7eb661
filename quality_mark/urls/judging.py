from django.urls import path

from quality_mark.views.judging import assessing, assigning, commission, decisions, papers, sittings, voting

urlpatterns = [
    path("panel/znak/oceny/", assessing.overview, name="assessments"),
    path("panel/znak/oceny/<int:pk>/", assessing.assessment, name="assessment"),
    path("panel/znak/oceny/<int:pk>/wizyta/", assessing.visit, name="assessment_visit"),
    path("panel/znak/przydzial/", assigning.overview, name="assigning"),
    path("panel/znak/przydzial/<int:pk>/", assigning.case, name="assigning_case"),
    path("panel/znak/przydzial/<int:pk>/wizyta/", assigning.visit, name="case_visit"),
    path("panel/znak/dokument/<int:pk>/", papers.case_paper, name="case_paper"),
    path("panel/znak/kapitula/", commission.overview, name="commission"),
    path("panel/znak/kapitula/kadencja/<int:pk>/", commission.term, name="term"),
    path("panel/znak/kapitula/posiedzenie/<int:pk>/", sittings.sitting, name="sitting"),
    path("panel/znak/kapitula/posiedzenie/<int:pk>/protokol/", sittings.minutes, name="sitting_minutes"),
    path("panel/znak/kapitula/sprawa/<int:pk>/", voting.item, name="agenda_item"),
    path("panel/znak/decyzje/", decisions.overview, name="decisions"),
    path("panel/znak/decyzje/<int:pk>/", decisions.case, name="decision"),
]
