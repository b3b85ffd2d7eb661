from django.urls import path

from quality_mark.views import applying

urlpatterns = [
    path("panel/znak/", applying.overview, name="overview"),
    path("panel/znak/oferta/<int:offer>/", applying.may_i, name="may_i"),
    path("panel/znak/<int:pk>/podsumowanie/", applying.summary, name="summary"),
    path("panel/znak/<int:pk>/krok/<slug:step>/", applying.step, name="step"),
]
