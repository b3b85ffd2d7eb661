from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from accounts.models import ConsentDocument


def document(request, slug, version=None):
    """One text that people agree to: the version that holds today, or a named one that holds or held."""
    versions = list(ConsentDocument.objects.valid_on(timezone.localdate()).filter(slug=slug).newest_first())
    shown = next((one for one in versions if version in (None, one.version)), None)
    if shown is None:
        raise Http404
    return render(request, "accounts/consent.html", {"document": shown, "versions": versions})
