from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache


@never_cache
@login_required
@reauthentication_required(app="allauth.mfa")
def recovery_codes(request):
    """The library's own page writes down that it was looked at."""
    codes = get_object_or_404(Authenticator, user=request.user, type=Authenticator.Type.RECOVERY_CODES)
    return render(request, "mfa/recovery_codes/index.html", {"unused_codes": codes.wrap().get_unused_codes()})
