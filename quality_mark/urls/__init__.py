from quality_mark.urls import applying, holding, register, supervision

app_name = "quality_mark"

urlpatterns = [
    *applying.urlpatterns,
    *holding.urlpatterns,
    *supervision.urlpatterns,
    *register.urlpatterns,
]
