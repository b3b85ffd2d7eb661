from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = "Zamówienia"

    def ready(self):
        from accounts import workspace
        from accounts.choices import Role
        from accounts.data_of_requests import data_class
        from accounts.use_cases import demo
        from core import personal_data
        from notifications import letters
        from procurement.desk import desk
        from procurement.letters.matching import LETTERS
        from procurement.matching.desk import desk as desk_of_matching
        from procurement.matching.personal_data import CLASSES
        from procurement.models import OfficerRequest
        from procurement.use_cases.demo import seed_authority
        from procurement.use_cases.dictionaries import LOADERS
        from registry.use_cases import dictionaries

        dictionaries.LOADERS.update(LOADERS)
        demo.provide(Role.OFFICER, seed_authority)
        workspace.contribute(desk)
        workspace.contribute(desk_of_matching)
        letters.register(*LETTERS)
        personal_data.register(*CLASSES)
        personal_data.register(
            data_class(OfficerRequest, code="procurement.officers", label="Prośby o działanie w imieniu zamawiającego")
        )
