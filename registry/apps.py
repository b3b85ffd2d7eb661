from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = "Rejestr"

    def ready(self):
        from accounts import workspace
        from accounts.choices import Role
        from accounts.use_cases import demo
        from core import demo as core_demo
        from core.files.named import keep_beside
        from core.front_page import contribute
        from core.personal_data import register
        from notifications import letters, searches
        from registry.desk import desk
        from registry.front_page import register_figures
        from registry.jobs import register_jobs
        from registry.letters import LETTERS
        from registry.personal_data import CLASSES
        from registry.pictures import small_name
        from registry.searches import CATALOGUE, OFFERS
        from registry.use_cases.demo.confirming import seed_confirmations
        from registry.use_cases.demo.life import seed_life
        from registry.use_cases.demo.proposals import seed_proposals
        from registry.use_cases.demo.seed import represented

        contribute(register_figures)
        demo.provide(Role.REPRESENTATIVE, represented)
        core_demo.provide(seed_life)
        core_demo.provide(seed_confirmations)
        workspace.contribute(desk)
        register_jobs()
        letters.register(*LETTERS)
        register(*CLASSES)
        keep_beside("registry.OfferPicture", "image", small_name)
        searches.register(CATALOGUE, OFFERS)
        keep_beside("registry.ProposedPicture", "image", small_name)
        core_demo.provide(seed_proposals)
