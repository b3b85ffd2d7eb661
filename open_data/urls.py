from django.urls import path

from open_data.views.changes import changes

app_name = "open_data"

urlpatterns = [path("api/v1/zmiany/", changes, name="changes")]
