from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.spreadsheets import UnreadableFile
from registry.use_cases.catalogue.upkeep import rebuild_if_outdated
from registry.use_cases.pkd import VERSIONS, load_sheet


class Command(BaseCommand):
    help = "Wczytuje nazwy PKD z arkusza GUS ze strukturą klasyfikacji (XLSX, ODS, CSV)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="arkusz ze strukturą klasyfikacji")
        parser.add_argument("--pkd", type=int, choices=VERSIONS, default=2025, help="wersja PKD (2025)")
        parser.add_argument("--as-of", type=date.fromisoformat, default=date(2025, 1, 1), help="stan na dzień")

    def handle(self, *, file, pkd, as_of, **_):
        try:
            count = load_sheet(path=file, version=pkd, as_of=as_of)
        except UnreadableFile as failure:
            raise CommandError(str(failure), returncode=1) from failure
        except OSError as failure:
            raise CommandError(f"Nie można otworzyć pliku: {failure.strerror}", returncode=1) from failure
        self.stdout.write(f"PKD {pkd}: {count} pozycji")
        rebuild_if_outdated(now=timezone.now())
