from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.exceptions import Refused
from registry.spreadsheets import UnreadableFile
from registry.use_cases.imports import command
from registry.use_cases.imports import report as reports


class Command(BaseCommand):
    help = "Wczytuje rejestr podmiotów z pliku CSV, XLSX lub ODS."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="plik CSV, XLSX albo ODS")
        parser.add_argument("--dry-run", action="store_true", help="sprawdź i pokaż wynik, niczego nie zapisuj")
        parser.add_argument("--report", type=Path, metavar="OUT.json", help="zapisz raport w tym pliku")
        parser.add_argument("--source", default="", metavar="NAZWA", help="nazwa źródła danych")
        parser.add_argument("--unpublished", action="store_true", help="nie publikuj przyjętych wierszy")
        parser.add_argument("--other-regions", action="store_true", help="przyjmij także podmioty spoza województwa")

    def handle(self, *, file, dry_run, report, source, unpublished, other_regions, **_):
        if report and not report.resolve().parent.is_dir():
            raise CommandError(f"Nie ma folderu na raport: {report.parent}", returncode=2)
        wanted = {
            "path": file,
            "source": source,
            "publish": not unpublished,
            "other_regions": other_regions,
            "now": timezone.now(),
            "report": lambda run: self._tell(run, report, rehearsal=dry_run),
        }
        try:
            (command.rehearse_file if dry_run else command.import_file)(**wanted)
        except (UnreadableFile, Refused) as failure:
            raise CommandError(str(failure), returncode=1) from failure
        except ChildProcessError as failure:
            again = "Uruchom polecenie jeszcze raz: import pójdzie dalej od tego miejsca."
            raise CommandError(f"{failure} {again}", returncode=1) from failure
        except OSError as failure:
            raise CommandError(f"Nie można otworzyć pliku: {failure.strerror}", returncode=1) from failure

    def _tell(self, run, path, *, rehearsal):
        if path:
            with path.open("w", encoding="utf-8") as stream:
                reports.write(run, stream, rehearsal=rehearsal)
        if rehearsal:
            self.stdout.write("Próba: niczego nie zapisano.")
        self.stdout.write(reports.summary(run))
