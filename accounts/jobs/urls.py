from django.urls import path

from accounts.jobs import views

app_name = "jobs"

urlpatterns = [
    path("", views.own, name="own"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/przerwij/", views.cancel, name="cancel"),
    path("<int:pk>/plik/", views.file, name="file"),
]
