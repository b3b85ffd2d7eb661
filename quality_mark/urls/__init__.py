from quality_mark.urls import applying

app_name = "quality_mark"

urlpatterns = [*applying.urlpatterns]
