from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Konta"

    def ready(self):
        from accounts import desk, entrance_letters, letters, receivers, workspace
        from notifications.letters import register

        register(*letters.LETTERS, *entrance_letters.LETTERS)
        receivers.connect()
        self._register_data()
        post_migrate.connect(_ship_terms, sender=self, dispatch_uid="accounts.ship_terms")
        workspace.contribute(desk.desk)

    def _register_data(self):
        from accounts.data_letters import LETTERS
        from accounts.personal_data import CLASSES
        from core import personal_data
        from notifications import letters

        letters.register(*LETTERS)
        personal_data.register(*CLASSES)


def _ship_terms(**_):
    from django.utils import timezone

    from accounts.use_cases.consents import ship_draft_of_terms

    ship_draft_of_terms(now=timezone.now())
