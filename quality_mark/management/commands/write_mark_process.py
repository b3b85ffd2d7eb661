from django.core.management.base import BaseCommand

from quality_mark.telling import document


class Command(BaseCommand):
    help = "Writes docs/mark-process.md and its pictures from the tables of steps and powers."
    requires_system_checks = []

    def handle(self, **options):
        document.write()
        self.stdout.write("\n".join(document.files()))
