from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = "Zamówienia"

    def ready(self):
        from accounts.choices import Role
        from accounts.use_cases import demo
        from procurement.use_cases.demo import seed_authority

        demo.provide(Role.OFFICER, seed_authority)
