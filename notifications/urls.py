from django.urls import path

from notifications.views import choosing, demo, searches

app_name = "notifications"

urlpatterns = [
    path("konto/powiadomienia/", choosing.preferences, name="preferences"),
    path("powiadomienia/wypisz/<str:token>/", choosing.unsubscribe, name="unsubscribe"),
    path("konto/obserwowane/", searches.own_searches, name="own_searches"),
    path("konto/obserwowane/<int:pk>/", searches.own_search, name="own_search"),
    path("powiadomienia/obserwuj/<slug:slug>/", searches.save_search, name="save_search"),
    path("powiadomienia/sprawdz-poczte/", searches.search_asked, name="search_asked"),
    path("powiadomienia/wyszukiwanie/<str:token>/", searches.saved_search, name="saved_search"),
    path("demo/poczta/", demo.letter_list, name="demo_letter_list"),
    path("demo/poczta/<int:pk>/", demo.letter_detail, name="demo_letter_detail"),
    path("demo/poczta/<int:pk>/html/", demo.letter_html, name="demo_letter_html"),
]
