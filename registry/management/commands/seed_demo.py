from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.use_cases.demo import create_demo_accounts
from core import demo
from registry.models import Organisation
from registry.use_cases.demo.seed import seed_organisations

SAMPLES = [
    ("opp_dolnoslaskie_2025.csv", "Wykaz organizacji pożytku publicznego"),
    ("pes_strony_urzedow.csv", "Strony internetowe urzędów i OWES"),
]


class Command(BaseCommand):
    help = "Fills the portal with real sample registers, an invented region and demo accounts. Never for production."

    def add_arguments(self, parser):
        parser.add_argument("--organisations", type=int, default=200, help="how many to invent (200)")
        parser.add_argument("--seed", type=int, default=2026, help="the same seed gives the same rows")

    def handle(self, *, organisations, seed, **options):
        if not settings.DEMO:
            raise CommandError("Dane przykładowe powstają tylko w ustawieniach pokazu (config.settings.demo).")
        if not 0 <= organisations <= 400_000:
            raise CommandError("--organisations: od 0 do 400000.")
        now = timezone.now()
        for file, source in SAMPLES:
            call_command("import_registry", settings.BASE_DIR / "data" / "samples" / file, source=source)
        written = seed_organisations(count=organisations, seed=seed, now=now)
        create_demo_accounts(now=now)
        self.stdout.write(
            f"Wymyślono {written} podmiotów; w katalogu jest {Organisation.objects.published().count()}."
        )
        for invent in demo.seeds():
            self.stdout.write(invent(seed=seed, now=now))
