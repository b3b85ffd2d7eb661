"""Institutions and their people in an edition."""

urlpatterns = []
