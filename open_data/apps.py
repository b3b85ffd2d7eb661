from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "open_data"
    verbose_name = "Otwarte dane"

    def ready(self):
        import pgtrigger

        from core import errors
        from core.constraints import wait_for_the_end
        from open_data.api import problems

        errors.speak("/api/", problems.answer)
        # An entry that is written anew is gone for a moment, which is no change.
        [(model, settled)] = pgtrigger.registered("open_data.Touch:settled")
        wait_for_the_end(settled.get_pgid(model))
