from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from registry.use_cases.catalogue.upkeep import rebuild_if_outdated
from registry.use_cases.dictionaries import load_all


class Command(BaseCommand):
    help = (
        "Loads territory, CPV, PKD, kinds, legal forms and offer categories, and writes the catalogue anew when they "
        "or the program have changed; safe to repeat."
    )

    def handle(self, **options):
        for loaded in load_all(data_dir=settings.BASE_DIR / "data", territory_dir=settings.TERRITORY_DIR):
            state = "wczytano" if loaded.changed else "bez zmian"
            self.stdout.write(f"{loaded.name}: {loaded.rows} wierszy, {state}")
        count = rebuild_if_outdated(now=timezone.now())
        if count:
            self.stdout.write(f"Wpisy katalogu napisano od nowa: {count}")
