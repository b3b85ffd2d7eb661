from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Wspólne"

    def ready(self):
        from core.files.letting_go import follow_deleted_rows
        from core.scanning import scan_all_uploads

        follow_deleted_rows()
        scan_all_uploads()
