from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Konta"

    def ready(self):
        self._register_data()
        from accounts.letters import LETTERS
        from notifications import letters

        letters.register(*LETTERS)

    def _register_data(self):
        from accounts.data_letters import LETTERS
        from accounts.personal_data import CLASSES
        from core import personal_data
        from notifications import letters

        letters.register(*LETTERS)
        personal_data.register(*CLASSES)
