"""/wydarzenia/<slug>/zapisy/: who signs up, and by which of the ways."""

from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from core.http import accepts
from events.models import Event
from events.views.open_signup import open_signup


@accepts("GET", "HEAD", "POST")
@never_cache
def signup(request, slug):
    event = get_object_or_404(Event.objects.public().select_related("edition"), slug=slug)
    return open_signup(request, event)
