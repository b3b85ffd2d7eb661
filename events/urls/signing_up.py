"""Signing up for an event, and what one does with a place."""

from django.urls import path

from events.views import own_registration as own
from events.views.own_signups import own_signups
from events.views.signup import signup

urlpatterns = [
    path("wydarzenia/<slug:slug>/zapisy/", signup, name="signup"),
    path("zapis/<str:token>/", own.own_registration, name="own_registration"),
    path("zapis/<str:token>/zmiana/", own.own_change, name="own_change"),
    path("zapis/<str:token>/rezygnacja/", own.own_resignation, name="own_resignation"),
    path("zapis/<str:token>/materialy/<int:pk>/", own.own_material, name="own_material"),
    path("panel/zapisy/", own_signups, name="own_signups"),
]
