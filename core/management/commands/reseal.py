from django.core.management.base import BaseCommand

from core.resealing import reseal


class Command(BaseCommand):
    help = (
        "Szyfruje nowym SECRET_KEY to, co w bazie zaszyfrowano poprzednim. Uruchom po zmianie klucza, zanim poprzedni "
        "zniknie z SECRET_KEY_FALLBACKS."
    )

    def handle(self, *args, **options):
        self.stdout.write(f"Zaszyfrowano na nowo: {reseal()}")
