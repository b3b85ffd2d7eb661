"""Signing up for an event, and what one does with a place."""

from django.urls import path

from events.views.own_change import own_change
from events.views.own_files import own_file, own_material
from events.views.own_registration import own_registration, own_resignation
from events.views.own_signups import own_signups
from events.views.signup import signup

urlpatterns = [
    path("wydarzenia/<slug:slug>/zapisy/", signup, name="signup"),
    path("zapis/<str:token>/", own_registration, name="own_registration"),
    path("zapis/<str:token>/zmiana/", own_change, name="own_change"),
    path("zapis/<str:token>/rezygnacja/", own_resignation, name="own_resignation"),
    path("zapis/<str:token>/materialy/<int:pk>/", own_material, name="own_material"),
    path("zapis/<str:token>/plik/<slug:code>/", own_file, name="own_file"),
    path("panel/zapisy/", own_signups, name="own_signups"),
]
