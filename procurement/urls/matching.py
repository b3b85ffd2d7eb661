from django.urls import path

from procurement.views import who_can

urlpatterns = [
    path("zamowienia/kto-to-zrobi/", who_can.who_can_page, name="who_can"),
    path("zamowienia/kto-to-zrobi.json", who_can.who_can_json, name="who_can_json"),
]
