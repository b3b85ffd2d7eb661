from django.apps import AppConfig


class QualityMarkConfig(AppConfig):
    name = "quality_mark"
    verbose_name = "Znak Zakup Prospołeczny"

    def ready(self):
        from notifications import letters
        from quality_mark.letters import LETTERS
        from quality_mark.tasks.jobs import register_jobs
        from quality_mark.use_cases.rulebooks import load
        from registry.use_cases import dictionaries

        dictionaries.LOADERS["mark_rules"] = load
        letters.register(*LETTERS)
        register_jobs()
