from django.conf import settings
from django.core.management.base import BaseCommand

from registry.use_cases.dictionaries import load_all


class Command(BaseCommand):
    help = "Loads territory, CPV, PKD, kinds, legal forms and offer categories; safe to repeat."

    def handle(self, **options):
        for loaded in load_all(data_dir=settings.BASE_DIR / "data", territory_dir=settings.TERRITORY_DIR):
            state = "wczytano" if loaded.changed else "bez zmian"
            self.stdout.write(f"{loaded.name}: {loaded.rows} wierszy, {state}")
