from django.apps import AppConfig

from notifications.letters import DIGEST, Letter, register


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Poczta"

    def ready(self):
        from core import demo, personal_data
        from notifications.demo import seed_searches
        from notifications.personal_data import CLASSES
        from notifications.search_letters import LETTERS

        register(Letter(template=DIGEST, label="List zbiorczy", example=_digest, duty=False), *LETTERS)
        personal_data.register(*CLASSES)
        demo.provide(seed_searches)


def _digest():
    items = [
        {"subject": "Nowe oferty: catering", "body": "Od wczoraj przybyła jedna oferta.\n"},
        {"subject": "Zmiana terminu targów", "body": "Targi zaczną się o 10.00.\n"},
    ]
    return {"items": items}
