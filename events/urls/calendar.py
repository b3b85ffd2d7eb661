"""What everybody reads under /wydarzenia/."""

urlpatterns = []
