import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.exceptions import Refused
from procurement.use_cases.plans import command
from procurement.use_cases.plans.report import summary
from registry.validators import validate_nip


class Command(BaseCommand):
    help = "Wczytuje plan postępowań z pliku CSV, XLSX lub ODS do szkicu nowej wersji planu."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="plik CSV, XLSX albo ODS")
        parser.add_argument("--buyer", required=True, metavar="NIP", help="NIP zamawiającego z rejestru")
        parser.add_argument("--year", required=True, type=int, metavar="RRRR", help="rok planu")
        parser.add_argument(
            "--unit", default="", metavar="NAZWA", help="jednostka zamawiającego, która ma własny plan"
        )
        parser.add_argument("--add", action="store_true", help="plik ma tylko część pozycji; reszta planu zostaje")
        parser.add_argument("--publish", action="store_true", help="od razu ogłoś wczytaną wersję")
        parser.add_argument("--dry-run", action="store_true", help="sprawdź i pokaż wynik, niczego nie zapisuj")
        parser.add_argument("--report", type=Path, metavar="OUT.json", help="zapisz raport w tym pliku")

    def handle(self, *, file, buyer, year, unit, add, publish, dry_run, report, **_):
        if report and not report.resolve().parent.is_dir():
            raise CommandError(f"Nie ma folderu na raport: {report.parent}", returncode=2)
        wanted = {"path": file, "nip": self._nip(buyer), "year": year, "unit": unit, "is_whole": not add}
        wanted["now"] = timezone.now()
        try:
            told = command.rehearse_file(**wanted) if dry_run else command.import_file(**wanted, published=publish)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=2 if refusal.field in _ARGUMENTS else 1) from refusal
        except OSError as failure:
            raise CommandError(f"Nie można otworzyć pliku: {failure.strerror}", returncode=1) from failure
        if report:
            report.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        if dry_run:
            self.stdout.write("Próba: niczego nie zapisano.")
        self.stdout.write(summary(told))

    def _nip(self, text):
        nip = "".join(letter for letter in text if letter.isascii() and letter.isdigit())
        try:
            validate_nip(nip)
        except ValidationError as error:
            raise CommandError(f"To nie jest NIP: {text}", returncode=2) from error
        return nip


_ARGUMENTS = ("buyer", "unit", "year")
