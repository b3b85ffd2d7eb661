from django.core.management.base import BaseCommand
from django.utils import timezone

from registry.use_cases import catalogue


class Command(BaseCommand):
    help = "Pisze od nowa wszystkie wpisy katalogu i spis słów; potrzebne po zmianie słowników i po odtworzeniu kopii."

    def handle(self, *args, **options):
        count = catalogue.rebuild(now=timezone.now())
        catalogue.settle()
        self.stdout.write(f"Wpisy katalogu: {count}")
