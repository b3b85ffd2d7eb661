"""Where the library of accounts meets the portal: its letters go through the outbox, its words are ours."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import clean_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from accounts import words
from accounts.factors import SECOND_FACTOR, may_lose
from accounts.letters.entrance import send_for_library
from core import sealing
from core.http import visitor_address


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | words.ERRORS

    def send_mail(self, template_prefix, email, context):
        send_for_library(template_prefix, to=email, context=context, now=timezone.now())

    def get_email_confirmation_url(self, request, emailconfirmation):
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_reset_password_from_key_url(self, key):
        uid, _, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", args=[uid, token])

    def get_password_change_redirect_url(self, request):
        return reverse("account_overview")

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        text = message or words.MESSAGES.get(message_template)
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def is_ajax(self, request):
        """Pages only: the library's answers to scripts would say things beside the page."""
        return False

    def get_client_ip(self, request):
        return clean_client_ip(visitor_address(request)) or clean_client_ip(request.META["REMOTE_ADDR"]) or "0.0.0.0"  # noqa: S104 - a server behind a socket knows no address


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | words.FACTOR_ERRORS

    def encrypt(self, text):
        return sealing.seal(SECOND_FACTOR, text)

    def decrypt(self, encrypted_text):
        return sealing.unseal(SECOND_FACTOR, encrypted_text)

    def can_delete_authenticator(self, authenticator):
        return may_lose(authenticator)

    def generate_authenticator_name(self, user, type):
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Klucz {count + 1}"
