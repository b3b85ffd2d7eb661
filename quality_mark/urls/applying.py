from django.urls import path

from quality_mark.views import applying, following, papers, recommendations, sending

urlpatterns = [
    path("panel/znak/", following.overview, name="overview"),
    path("panel/znak/oferta/<int:offer>/", applying.may_i, name="may_i"),
    path("panel/znak/<int:pk>/", following.application, name="application"),
    path("panel/znak/<int:pk>/podmiot/", applying.applicant, name="applicant"),
    path("panel/znak/<int:pk>/do-podpisu.pdf", sending.to_sign, name="to_sign"),
    path("panel/znak/<int:pk>/podsumowanie/", sending.summary, name="summary"),
    path("panel/znak/<int:pk>/dokumenty/", papers.paper_list, name="papers"),
    path("panel/znak/<int:pk>/rekomendacje/", recommendations.recommendation_list, name="recommendations"),
    path("panel/znak/<int:pk>/wycofanie/", following.withdrawal, name="withdrawal"),
    path("panel/znak/<int:pk>/krok/<slug:step>/", applying.step, name="step"),
    path("panel/znak/plik/<int:pk>/", papers.paper_file, name="paper"),
    path("znak/rekomendacja/<str:token>/", recommendations.recommend, name="recommend"),
]
