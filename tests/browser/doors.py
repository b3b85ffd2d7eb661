"""Signing in as a person does."""

from allauth.account.models import EmailAddress

PASSWORD = "wiadro-kotlina-parasol-7"


def with_password(user):
    """The account can sign in: it has a password and a proven address."""
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True, "verified": True})
    return user


def sign_in(page, user):
    with_password(user)
    page.goto("/konto/logowanie/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Hasło", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/konto/logowanie/" not in address)
