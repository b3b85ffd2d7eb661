"""Signing up for an event, and what one does with a place."""

from django.urls import path

from events.views.own_registration import own_registration
from events.views.signup import signup

urlpatterns = [
    path("wydarzenia/<slug:slug>/zapisy/", signup, name="signup"),
    path("zapis/<str:token>/", own_registration, name="own_registration"),
]
