from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Konta"

    def ready(self):
        from accounts.letters import LETTERS
        from notifications import letters

        letters.register(*LETTERS)
