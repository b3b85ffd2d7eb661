"""The page behind the link of an invitation: taking the role, with the account one has or with a new one."""

from allauth.account.adapter import get_adapter
from allauth.account.internal import flows
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone

from accounts.forms.entrance import SignUpForm
from accounts.models import Invitation, User
from accounts.use_cases.invitations import accept, hashed
from accounts.use_cases.roles import in_words
from accounts.views.pages import takes_form
from core.exceptions import Refused


class NewcomerForm(SignUpForm):
    """Signing up with the address that the letter has proved."""

    def __init__(self, data=None, *, email):
        super().__init__(data, initial={"email": email})
        # Django then takes the initial value, whatever is sent.
        self.fields["email"].disabled = True
        self.fields["email"].help_text = ""


@takes_form
def invitation(request, token):
    found = Invitation.objects.open(timezone.now()).with_objects().filter(token_hash=hashed(token)).first()
    if found is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    context = {
        "invitation": found,
        "role": in_words(found),
        "is_mine": request.user.is_authenticated and request.user.email.lower() == found.email,
        "has_account": User.objects.filter(email__iexact=found.email).exists(),
    }
    if not context["is_mine"] and not context["has_account"] and not request.user.is_authenticated:
        return _newcomer(request, token, context)
    if request.method == "POST" and context["is_mine"]:
        return _member(request, token)
    return render(request, "accounts/invitation.html", context)


def _member(request, token):
    try:
        accept(token=token, user_id=request.user.pk, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("account_invitation", token)
    messages.success(request, "Rola jest przyjęta.")
    return redirect("panel")


def _newcomer(request, token, context):
    email = context["invitation"].email
    form = NewcomerForm(request.POST if request.method == "POST" else None, email=email)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/invitation.html", context | {"form": form})
    get_adapter().stash_verified_email(request, email)
    try:
        # Account and role come together or not at all.
        with transaction.atomic():
            user, _ = form.try_save(request)
            if user is None:  # the same form was sent twice in one moment
                return redirect("account_invitation", token)
            accept(token=token, user_id=user.pk, now=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "accounts/invitation.html", context | {"form": form})
    return flows.signup.complete_signup(request, user=user, redirect_url=resolve_url("panel"))
