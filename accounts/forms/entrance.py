"""Forms of the library in the portal's words: no placeholders, each password once."""

import struct
from contextlib import suppress

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.text import format_lazy

from accounts.models import User
from accounts.use_cases import consents
from accounts.validators import StrengthValidator
from accounts.words import WRONG_KEY
from core.exceptions import Refused

TERMS_PAGE = reverse_lazy("privacy:consent", args=[consents.TERMS])
FOR_NEW = "Co najmniej 12 znaków. Najlepiej kilka niezwiązanych ze sobą słów."
CODE_HINT = "6 cyfr z aplikacji."


def limit(field, length):
    field.validators = [*field.validators, MaxLengthValidator(length)]
    field.widget.attrs["maxlength"] = length


class OwnWords:
    labels, hints, left_out = {}, {}, ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.left_out:
            self.fields.pop(name, None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if isinstance(field, forms.EmailField):
                field.widget.attrs["autocomplete"] = "username"
                limit(field, 254)


class SignInForm(OwnWords, account.LoginForm):
    labels = {"login": "E-mail", "password": "Hasło", "remember": "Nie wylogowuj mnie na tym urządzeniu"}


class OneLine(forms.CharField):
    """A name stands in letters to others, where more lines could say anything in the portal's voice."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class SignUpForm(OwnWords, account.SignupForm):
    full_name = OneLine(
        label="Imię i nazwisko", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    terms = forms.BooleanField(error_messages={"required": "Bez zgody na regulamin nie można założyć konta."})
    field_order = ["full_name", "email", "password1", "terms"]
    labels = {"email": "E-mail", "password1": "Hasło", "terms": "Zgadzam się na regulamin portalu"}
    hints = {
        "email": "Na ten adres wyślemy odsyłacz, który potwierdza konto.",
        "password1": FOR_NEW,
        "terms": format_lazy('<a href="{}">Przeczytaj regulamin</a>', TERMS_PAGE),
    }

    def clean(self):
        cleaned = super().clean()
        if "password1" in cleaned:
            person = User(email=cleaned.get("email", ""), full_name=cleaned.get("full_name", ""))
            try:
                StrengthValidator().validate(cleaned["password1"], person)
            except forms.ValidationError as weak:
                # The library has already asked, without the name: the same sentence is not said twice.
                if weak.message not in self.errors.get("password1", []):
                    self.add_error("password1", weak)
        return cleaned

    def validate_unique_email(self, value):
        """An address that another account has only announced is nobody's yet."""
        email = super().validate_unique_email(value)
        if self.account_already_exists:
            self.account_already_exists = User.objects.filter(email__iexact=email).exists()
        return email

    def signup(self, request, user):
        user.full_name = self.cleaned_data["full_name"]
        user.save(update_fields=["full_name"])
        with suppress(Refused):  # the operator has put the terms off to a later day
            consents.give(user=user, slug=consents.TERMS, now=timezone.now())

    def try_save(self, request):
        if self.account_already_exists:
            # As long as it takes to make an account: the clock must not tell that there is one.
            make_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:  # the same form was sent twice in one moment
            self.account_already_exists = True
            return super().try_save(request)


class ResetForm(OwnWords, account.ResetPasswordForm):
    labels = {"email": "E-mail"}

    def clean_email(self):
        """Only the account's own address: one that it has announced may be somebody else's."""
        email = super().clean_email()
        self.users = [user for user in self.users if user.email.lower() == email.lower()]
        return email


class NewPasswordForm(OwnWords, account.ResetPasswordKeyForm):
    left_out = ["password2"]
    labels, hints = {"password1": "Nowe hasło"}, {"password1": FOR_NEW}


class ChangePasswordForm(OwnWords, account.ChangePasswordForm):
    left_out = ["password2"]
    labels = {"oldpassword": "Obecne hasło", "password1": "Nowe hasło"}
    hints = {"password1": FOR_NEW}


class SetPasswordForm(OwnWords, account.SetPasswordForm):
    left_out = ["password2"]
    labels, hints = {"password1": "Nowe hasło"}, {"password1": FOR_NEW}


class ChangeAddressForm(OwnWords, account.AddEmailForm):
    labels = {"email": "Nowy adres e-mail"}
    hints = {"email": "Zmieni się dopiero wtedy, gdy otworzysz odsyłacz z listu na nowy adres."}


class PasswordAgainForm(OwnWords, account.ReauthenticateForm):
    labels = {"password": "Hasło"}


class CodeForm(OwnWords, mfa.AuthenticateForm):
    labels, hints = {"code": "Kod"}, {"code": "6 cyfr z aplikacji albo kod zapasowy."}


class CodeAgainForm(OwnWords, mfa.ReauthenticateForm):
    labels, hints = {"code": "Kod"}, {"code": "6 cyfr z aplikacji albo kod zapasowy."}


class AppForm(OwnWords, ActivateTOTPForm):
    labels, hints = {"code": "Kod z aplikacji"}, {"code": CODE_HINT}


class ReadsKey:
    """What no key sends is a wrong key, beside the field, and not an error of ours."""

    def full_clean(self):
        try:
            super().full_clean()
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError, struct.error):
            self.data = self.data.copy()
            self.data.pop("credential")
            self.add_error("credential", forms.ValidationError(WRONG_KEY, code="incorrect_code"))


class SignInByKeyForm(ReadsKey, webauthn.LoginWebAuthnForm):
    pass


class KeyAsFactorForm(ReadsKey, webauthn.AuthenticateWebAuthnForm):
    pass


class KeyAgainForm(ReadsKey, webauthn.ReauthenticateWebAuthnForm):
    pass


class KeyForm(ReadsKey, OwnWords, webauthn.AddWebAuthnForm):
    labels = {"name": "Nazwa klucza", "passwordless": "Loguj mnie samym kluczem, bez hasła"}
    hints = {
        "name": "Tak poznasz go na liście, na przykład „telefon”.",
        "passwordless": "Klucz poprosi wtedy o odcisk palca, twarz albo PIN.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        limit(self.fields["name"], 60)


class NameForm(forms.Form):
    full_name = SignUpForm.declared_fields["full_name"]
