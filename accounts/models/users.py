from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts import permissions
from accounts.managers import UserManager


class User(AbstractBaseUser):
    """A person who signs in with an e-mail address.

    What they may do is asked of accounts.permissions; the questions of Django's own admin are answered from there, so
    that there are neither groups nor single permissions that could say something else.
    """

    email = models.EmailField("adres e-mail", unique=True)
    full_name = models.CharField("imię i nazwisko", max_length=120, blank=True)
    is_active = models.BooleanField("aktywne", default=True)
    is_superuser = models.BooleanField("może wszystko", default=False)
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

    @property
    def is_staff(self):
        """The libraries of the admin ask this."""
        return permissions.may_enter_admin(self)

    def has_perm(self, permission, obj=None):
        return self.is_active and (self.is_superuser or permission in permissions.permissions_of(self))

    def has_perms(self, asked, obj=None):
        return all(self.has_perm(permission, obj) for permission in asked)

    def has_module_perms(self, app_label):
        mine = permissions.permissions_of(self)
        return self.is_active and (self.is_superuser or any(name.startswith(f"{app_label}.") for name in mine))
