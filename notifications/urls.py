from django.urls import path

from notifications.views import choosing, demo

app_name = "notifications"

urlpatterns = [
    path("konto/powiadomienia/", choosing.preferences, name="preferences"),
    path("powiadomienia/wypisz/<str:token>/", choosing.unsubscribe, name="unsubscribe"),
    path("demo/poczta/", demo.letter_list, name="demo_letter_list"),
    path("demo/poczta/<int:pk>/", demo.letter_detail, name="demo_letter_detail"),
    path("demo/poczta/<int:pk>/html/", demo.letter_html, name="demo_letter_html"),
]
