from quality_mark.urls import applying, holding, judging, office, register, supervision

app_name = "quality_mark"

urlpatterns = [
    *applying.urlpatterns,
    *judging.urlpatterns,
    *office.urlpatterns,
    *holding.urlpatterns,
    *supervision.urlpatterns,
    *register.urlpatterns,
]
