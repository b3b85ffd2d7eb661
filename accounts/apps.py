from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Konta"

    def ready(self):
        # Without a sender: each app's permissions are granted right after Django has created them.
        post_migrate.connect(_sync_roles, dispatch_uid="accounts.sync_roles")


def _sync_roles(sender, **kwargs):
    from accounts.permissions import ROLE_PERMISSIONS
    from accounts.use_cases.roles import sync_roles

    if any(entry.startswith(f"{sender.label}.") for table in ROLE_PERMISSIONS.values() for entry in table):
        sync_roles(app_label=sender.label)
