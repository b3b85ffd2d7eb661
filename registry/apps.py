from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = "Rejestr"

    def ready(self):
        from accounts import workspace
        from accounts.choices import Role
        from accounts.use_cases import demo
        from core.demo import provide
        from core.files.named import keep_beside
        from core.front_page import contribute
        from core.personal_data import register
        from notifications import letters
        from registry.desk import desk
        from registry.front_page import register_figures
        from registry.jobs import register_jobs
        from registry.letters import LETTERS
        from registry.personal_data import CLASSES
        from registry.pictures import small_name
        from registry.use_cases.demo.proposals import seed_proposals
        from registry.use_cases.demo.seed import represented

        contribute(register_figures)
        demo.provide(Role.REPRESENTATIVE, represented)
        workspace.contribute(desk)
        register_jobs()
        letters.register(*LETTERS)
        register(*CLASSES)
        keep_beside("registry.OfferPicture", "image", small_name)
        keep_beside("registry.ProposedPicture", "image", small_name)
        provide(seed_proposals)
