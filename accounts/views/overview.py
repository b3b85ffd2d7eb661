"""What a person's account is made of, and where each part is changed."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from accounts.factors import must_add_one
from accounts.forms.entrance import NameForm
from accounts.permissions import needs_second_factor
from accounts.sessions import alive
from accounts.views.pages import takes_form


@takes_form
@login_required
def overview(request):
    user = request.user
    form = NameForm(request.POST or None, initial={"full_name": user.full_name})
    if request.method == "POST" and form.is_valid():
        user.full_name = form.cleaned_data["full_name"]
        user.save(update_fields=["full_name"])
        messages.success(request, "Zapisano.")
        return redirect("account_overview")
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "form": form,
        "has_app": Authenticator.Type.TOTP in kinds,
        "has_key": Authenticator.Type.WEBAUTHN in kinds,
        "should_add_factor": needs_second_factor(user) and kinds <= {Authenticator.Type.RECOVERY_CODES},
        "sessions": len(alive(user)),
        "panel": settings.PANEL_URL,
        "must_add_factor": must_add_one(user),
    }
    return render(request, "accounts/overview.html", context)
