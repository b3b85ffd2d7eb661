from quality_mark.urls import applying, office

app_name = "quality_mark"

urlpatterns = [*applying.urlpatterns, *office.urlpatterns]
