from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = "Zamówienia"

    def ready(self):
        from accounts import workspace
        from accounts.choices import Role
        from accounts.data_of_requests import data_class
        from accounts.use_cases import demo
        from core import demo as portal_demo
        from core import front_page, personal_data
        from notifications import letters, searches
        from procurement import models
        from procurement.desk import desk
        from procurement.letters.matching import LETTERS
        from procurement.matching.desk import desk as desk_of_matching
        from procurement.matching.personal_data import CLASSES as OF_MATCHING
        from procurement.models import OfficerRequest
        from procurement.outlets.front_page import order_sections
        from procurement.personal_data import CLASSES
        from procurement.plans import setup as plans
        from procurement.searches import POSTINGS
        from procurement.use_cases.demo.office import seed_authority
        from procurement.use_cases.demo.seed import seed_procurement
        from procurement.use_cases.dictionaries import LOADERS
        from registry.use_cases import dictionaries
        from registry.use_cases.merging import follow

        follow(models.ContractingAuthority, "institution")
        follow(models.Award, "supplier")
        for model in (models.ShortlistEntry, models.Addressee, models.SupplyFit, models.Interest):
            follow(model, "organisation")
        dictionaries.LOADERS.update(LOADERS)
        plans.contribute()
        demo.provide(Role.OFFICER, seed_authority)
        portal_demo.provide(seed_procurement)
        workspace.contribute(desk)
        front_page.contribute(order_sections)
        workspace.contribute(desk_of_matching)
        letters.register(*LETTERS)
        personal_data.register(*OF_MATCHING)
        personal_data.register(
            data_class(
                OfficerRequest, code="procurement.officers", label="Prośby o działanie w imieniu zamawiającego"
            ),
            *CLASSES,
        )
        searches.register(POSTINGS)
