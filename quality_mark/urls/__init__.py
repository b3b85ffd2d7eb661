from quality_mark.urls import applying, judging, office

app_name = "quality_mark"

urlpatterns = [*applying.urlpatterns, *judging.urlpatterns, *office.urlpatterns]
