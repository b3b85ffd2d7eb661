"""What the portal holds on a person, for that person; and the texts that people agree to, for everybody."""

from django.urls import path

from accounts.views import consents, own_data

app_name = "privacy"

urlpatterns = [
    path("konto/dane/", own_data.overview, name="own_data"),
    path("konto/dane/pobierz/", own_data.take, name="take_data"),
    path("konto/dane/usuniecie/", own_data.ask_erasure, name="ask_erasure"),
    path("zgody/<slug:slug>/", consents.document, name="consent"),
    path("zgody/<slug:slug>/<int:version>/", consents.document, name="consent_version"),
]
