from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Konta"

    def ready(self):
        self._register_data()
        from accounts import entrance_letters, letters, receivers
        from notifications.letters import register

        register(*letters.LETTERS, *entrance_letters.LETTERS)
        receivers.connect()

    def _register_data(self):
        from accounts.data_letters import LETTERS
        from accounts.personal_data import CLASSES
        from core import personal_data
        from notifications import letters

        letters.register(*LETTERS)
        personal_data.register(*CLASSES)
