from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = "Rejestr"

    def ready(self):
        from core.front_page import contribute
        from registry.front_page import register_figures
        from registry.jobs import register_jobs

        contribute(register_figures)
        register_jobs()
