from django.core.management.base import BaseCommand
from django.utils import timezone

from procurement.use_cases import entries


class Command(BaseCommand):
    help = "Buduje od nowa listę zamówień i uzupełnia dane OCDS; potrzebne po odtworzeniu bazy z kopii."

    def handle(self, *args, **options):
        self.stdout.write(f"Wpisów: {entries.rebuild(now=timezone.now())}")
