from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.models import ConsentDocument
from accounts.use_cases import consents
from core.exceptions import Refused
from core.http import accepts


def document(request, slug, version=None):
    """One text that people agree to: the version that holds today, or a named one that holds or held."""
    versions = list(ConsentDocument.objects.valid_on(timezone.localdate()).filter(slug=slug).newest_first())
    shown = next((one for one in versions if version in (None, one.version)), None)
    if shown is None:
        raise Http404
    return render(request, "accounts/consent.html", {"document": shown, "versions": versions})


@accepts("POST")
@login_required
def withdraw(request, pk):
    try:
        consents.withdraw(user=request.user, consent_id=pk, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Wycofano zgodę.")
    return redirect("own_data:overview")
