from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.files import sweeping


class Command(BaseCommand):
    help = (
        "Wypisuje pliki w MEDIA_ROOT, których nie wskazuje żaden wiersz bazy i które mają ponad dobę. Niczego nie "
        "usuwa bez --remove. To samo robi co noc zadanie keep_times."
    )

    def add_arguments(self, parser):
        parser.add_argument("--remove", action="store_true", help="usuwa te pliki")
        parser.add_argument("--even-many", action="store_true", help="także wtedy, gdy jest ich podejrzanie dużo")

    def handle(self, *args, remove, even_many, **options):
        now = timezone.now()
        found = sweeping.look(now=now)
        for name in found.unnamed:
            self.stdout.write(name)
        for folder, count in sorted(Counter(name.rpartition("/")[0] for name in found.unnamed).items()):
            self.stdout.write(f"# {folder}: {count}")
        self.stdout.write(f"# plików: {found.stored}, bez wiersza: {len(found.unnamed)}")
        if not remove:
            return
        try:
            total = 0
            while removed := sweeping.sweep(now=now, even_many=even_many):
                total += removed
        except sweeping.TooMany as doubt:
            raise CommandError(
                "Podejrzanie dużo plików nie ma wiersza. Sprawdź, czy baza i MEDIA_ROOT należą do siebie; jeśli tak, "
                "dodaj --even-many."
            ) from doubt
        self.stdout.write(f"# usunięto: {total}")
