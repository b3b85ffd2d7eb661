from django.apps import AppConfig


class QualityMarkConfig(AppConfig):
    name = "quality_mark"
    verbose_name = "Znak Zakup Prospołeczny"

    def ready(self):
        from accounts import workspace
        from core import demo
        from notifications import letters
        from quality_mark.desk import applicant_desk
        from quality_mark.letters import LETTERS
        from quality_mark.use_cases.demo import seed_mark
        from quality_mark.use_cases.rulebooks import load
        from registry.use_cases import dictionaries

        dictionaries.LOADERS["mark_rules"] = load
        letters.register(*LETTERS)
        demo.provide(seed_mark)
        workspace.contribute(applicant_desk)
