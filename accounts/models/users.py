from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.managers import UserManager


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address."""

    email = models.EmailField("adres e-mail", unique=True)
    full_name = models.CharField("imię i nazwisko", max_length=120, blank=True)
    is_active = models.BooleanField("aktywne", default=True)
    is_staff = models.BooleanField("pracuje w panelu koordynatora", default=False)
    created_at = models.DateTimeField("założono", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "konto"
        verbose_name_plural = "konta"
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="accounts_user_email_ci", violation_error_message="To konto już istnieje."
            )
        ]

    def __str__(self):
        return self.email

    def get_full_name(self):
        return self.full_name or self.email

    def get_short_name(self):
        return self.full_name.split(" ")[0] or self.email
