from datetime import timedelta

from django.conf import settings

from procurement.models import PlanImport


def forget_imports(*, now):
    """Delete what was read of files, and files never read, past the keeping time of imports. Returns how many."""
    count = 0
    for run in PlanImport.objects.filter(created_at__lt=now - timedelta(days=settings.IMPORT_KEPT_DAYS)):
        if run.file:
            run.file.delete(save=False)
        run.delete()
        count += 1
    return count
