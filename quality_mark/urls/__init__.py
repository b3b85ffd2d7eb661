from quality_mark.urls import applying, judging

app_name = "quality_mark"

urlpatterns = [*applying.urlpatterns, *judging.urlpatterns]
