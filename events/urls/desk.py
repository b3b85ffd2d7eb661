"""Where coordinators work."""

urlpatterns = []
