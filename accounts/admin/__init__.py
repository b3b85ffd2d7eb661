"""Accounts and roles in the admin. Autodiscovery imports this package: modules register their own."""

from accounts.admin import accounts, invitations, privacy, roles  # noqa: F401
