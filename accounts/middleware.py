"""Staff see nothing of the portal before they have a second factor."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from accounts.factors import must_add_one
from core.navigation import has_session

SENTENCE = "Twoja rola daje wgląd w dane innych osób, dlatego wymaga drugiego składnika logowania. Dodaj go teraz."


def staff_need_second_factor(get_response):
    """Leads them to the page where it is set up, from everywhere but the pages needed for it and the way out."""

    def middleware(request):
        if not has_session(request) or _is_open(request.path_info) or not request.user.is_authenticated:
            return get_response(request)
        if not must_add_one(request.user):
            return get_response(request)
        messages.warning(request, SENTENCE)
        return redirect("mfa_index")

    return middleware


def _is_open(path):
    exact = {reverse(name) for name in ("account_logout", "admin:logout", "account_reauthenticate")}
    return path in exact or path.startswith(reverse("mfa_index"))
