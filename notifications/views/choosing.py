"""Which letters come, and how often: for the signed-in, and for whoever holds a letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from core.http import accepts
from notifications import letters, unsubscribing, use_cases
from notifications.forms import PreferencesForm
from notifications.models import QuietHours
from notifications.preferences import chosen_by


@accepts("GET", "HEAD", "POST")
@login_required
def preferences(request):
    optional = letters.optional(request.user)
    form = PreferencesForm(
        request.POST or None,
        optional=optional,
        chosen=chosen_by(request.user),
        quiet_hours=QuietHours.objects.filter(user=request.user).first(),
    )
    if request.method == "POST" and form.is_valid():
        use_cases.choose_letters(
            user_id=request.user.pk, frequencies=form.frequencies(), quiet_hours=form.quiet_hours()
        )
        messages.success(request, "Zapisano.")
        return redirect("notifications:preferences")
    context = {
        "form": form,
        "has_choice": bool(optional),
        "duties": [letter for letter in letters.all_letters() if letter.duty],
    }
    return render(request, "notifications/preferences.html", context, status=422 if form.errors else 200)


@accepts("GET", "HEAD", "POST")
@csrf_exempt
@never_cache
def unsubscribe(request, token):
    """A mail program sends the POST by itself, with no session and no form (RFC 8058). A GET only asks."""
    email = unsubscribing.letter_of(token)
    if email is None:
        return render(request, "notifications/unsubscribe_unknown.html", status=404)
    if request.method == "POST":
        use_cases.unsubscribe(email_id=email.pk, now=timezone.now())
    context = {"label": letters.find(email.template).label, "is_done": request.method == "POST"}
    return render(request, "notifications/unsubscribe.html", context)
