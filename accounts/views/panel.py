from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from accounts import workspace


@login_required
def panel(request):
    """What I can do here, what waits for me and until when."""
    waiting, places = workspace.gathered(request.user, timezone.now())
    return render(request, "panel/panel.html", {"waiting": waiting, "places": places})
