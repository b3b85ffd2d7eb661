from django.apps import AppConfig


class QualityMarkConfig(AppConfig):
    name = "quality_mark"
    verbose_name = "Znak Zakup Prospołeczny"

    def ready(self):
        from accounts import workspace
        from core import demo, personal_data
        from notifications import letters, searches
        from quality_mark.data_of_supervision import CLASSES as OF_SUPERVISION
        from quality_mark.desk import applicant_desk, office_desk
        from quality_mark.desk_of_judging import desk as desk_of_judging
        from quality_mark.desk_of_marks import desk as desk_of_marks
        from quality_mark.letters import LETTERS
        from quality_mark.letters_of_agreements import LETTERS as OF_AGREEMENTS
        from quality_mark.letters_of_judging import LETTERS as OF_JUDGING
        from quality_mark.letters_of_supervision import LETTERS as OF_SUPERVISION_LETTERS
        from quality_mark.personal_data import CLASSES
        from quality_mark.searches import MARKS
        from quality_mark.tasks.jobs import register_jobs
        from quality_mark.use_cases.demo import seed_mark
        from quality_mark.use_cases.demo_cases import seed_cases
        from quality_mark.use_cases.demo_marks import seed_marks
        from quality_mark.use_cases.rulebooks import load
        from registry.use_cases import dictionaries

        dictionaries.LOADERS["mark_rules"] = load
        demo.provide(seed_mark)
        workspace.contribute(applicant_desk)
        letters.register(*LETTERS, *OF_JUDGING, *OF_AGREEMENTS, *OF_SUPERVISION_LETTERS)
        personal_data.register(*CLASSES)
        workspace.contribute(desk_of_judging)
        workspace.contribute(office_desk)
        register_jobs()
        demo.provide(seed_marks)
        demo.provide(seed_cases)
        workspace.contribute(desk_of_marks)
        personal_data.register(*OF_SUPERVISION)
        searches.register(MARKS)
