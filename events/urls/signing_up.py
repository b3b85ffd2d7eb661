"""Signing up for an event, and what one does with a place."""

urlpatterns = []
