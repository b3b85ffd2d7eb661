from open_data.api import urls as api

app_name = "open_data"

urlpatterns = [*api.urlpatterns]
