from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from accounts import sessions
from accounts.agents import describe
from accounts.views.pages import takes_form


@takes_form
@login_required
def session_list(request):
    here = request.session.session_key
    if request.method == "POST":
        return _end(request, here)
    rows = [
        {
            "pk": one.pk,
            "device": describe(one.user_agent),
            "ip": one.ip,
            "since": one.created_at,
            "is_here": one.session_key == here,
        }
        for one in sessions.alive(request.user)
    ]
    return render(request, "accounts/session_list.html", {"rows": rows})


def _end(request, here):
    chosen = request.POST.get("session", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 18:
        ended = sessions.end(request.user, only=int(chosen), except_key=here)
    else:
        ended = sessions.end(request.user, except_key=here)
    if ended:
        messages.success(request, "Wylogowano to urządzenie." if ended == 1 else "Wylogowano pozostałe urządzenia.")
    return redirect("usersessions_list")
