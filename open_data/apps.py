from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "open_data"
    verbose_name = "Otwarte dane"

    def ready(self):
        from core import errors
        from open_data.api import problems

        errors.speak("/api/", problems.answer)
