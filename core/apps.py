from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Wspólne"

    def ready(self):
        from core.files.letting_go import follow_deleted_rows

        follow_deleted_rows()
