"""Pages of the library at the portal's addresses."""

from functools import wraps

from allauth.account import views as account
from allauth.account.forms import UserTokenForm
from allauth.decorators import rate_limit
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.db import transaction
from django.http import Http404, JsonResponse
from django.utils.decorators import method_decorator

from core.http import accepts


def takes_form(view):
    """What a form causes is one transaction: rows, letters and lines of the trail."""

    @accepts("GET", "HEAD", "POST")
    @wraps(view)
    def page(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return page


class ConfirmAddress(account.ConfirmEmailView):
    """Looking changes nothing, so that a mail program which opens links confirms nothing and signs nobody out."""

    def get(self, *args, **kwargs):
        try:
            self.object = self.get_object()
        except Http404:
            self.object = None
        return self.render_to_response(self.get_context_data())

    def post(self, *args, **kwargs):
        try:
            return super().post(*args, **kwargs)
        except Http404:
            return self.get(*args, **kwargs)


@method_decorator(rate_limit(action="reset_password_from_key"), name="dispatch")
class NewPassword(account.PasswordResetFromKeyView):
    """The form stands at the link itself: the library's detour would begin a session by looking."""

    def dispatch(self, request, uidb36, key, **kwargs):
        self.key = key
        token = UserTokenForm(data={"uidb36": uidb36, "key": key})
        self.reset_user = token.reset_user if token.is_valid() else None
        if self.reset_user is None or not self.reset_user.is_active:
            return self.render_to_response(self.get_context_data(token_fail=True))
        return super(account.PasswordResetFromKeyView, self).dispatch(request, uidb36, key, **kwargs)

    def form_valid(self, form):
        if self.request.user.is_authenticated and self.request.user.pk != self.reset_user.pk:
            self.logout()
        return super().form_valid(form)


class SignInByKey(LoginWebAuthnView):
    """A POST without an answer of the key asks for the question: it begins a session, which a GET may not."""

    def post(self, request, *args, **kwargs):
        if "credential" not in request.POST:
            return JsonResponse({"request_options": auth.begin_authentication(user=None)})
        return super().post(request, *args, **kwargs)


confirm_address = takes_form(ConfirmAddress.as_view())
new_password = takes_form(NewPassword.as_view())
sign_in_by_key = takes_form(SignInByKey.as_view())
set_password = takes_form(account.PasswordSetView.as_view(template_name="account/password_change.html"))
