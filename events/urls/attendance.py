"""On the day and after: lists, checking in, certificates, counts."""

urlpatterns = []
