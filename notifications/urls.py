from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("konto/powiadomienia/", views.preferences, name="preferences"),
    path("powiadomienia/wypisz/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
