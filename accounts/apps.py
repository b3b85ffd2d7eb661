from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Konta"

    def ready(self):
        from accounts import receivers, workspace
        from accounts.desk import desk
        from accounts.letters import LETTERS
        from accounts.personal_data import CLASSES
        from accounts.use_cases import second_factor
        from core import personal_data, resealing
        from notifications import letters

        receivers.connect()
        letters.register(*LETTERS)
        personal_data.register(*CLASSES)
        resealing.register(second_factor.reseal)
        workspace.contribute(desk)
        post_migrate.connect(_ship_terms, sender=self, dispatch_uid="accounts.ship_terms")


def _ship_terms(**_):
    from django.utils import timezone

    from accounts.use_cases.consents import ship_draft_of_terms

    ship_draft_of_terms(now=timezone.now())
