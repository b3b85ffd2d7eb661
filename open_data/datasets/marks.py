"""znaki: holders of the mark and how each stands on the day, in the columns of /znak/rejestr/eksport.csv."""

from django.conf import settings
from django.utils import timezone
from import_export import resources

from open_data.datasets.dataset import Dataset, Words
from open_data.datasets.organisations import CODES, NIP, ON_THE_DAY
from quality_mark.models import Mark
from quality_mark.register import rows
from registry.exports.cells import Day, Number
from registry.resources import Column

CHUNK = 500


class Iso(Day):
    """A day that is written already."""

    def plain(self, value):
        return value


class Told(Column):
    """A column of quality_mark.register.rows."""

    def get_value(self, instance):
        return instance[self.column_name]


class MarkResource(resources.Resource):
    id = Told()
    number = Told()
    organisation = Told()
    offer = Told()
    category = Told()
    powiat = Told()
    granted_on = Told(Iso)
    valid_until = Told(Iso)
    status = Told()
    status_since = Told(Iso)
    renewals = Told(Number)
    nip = Told()
    kind = Told()
    url = Told()
    organisation_id = Told(Number)
    offer_id = Told(Number)


WORDS = {
    "id": Words("Numer w adresach", "", "ZP-2026-001", required=True, pattern=r"^ZP-\d{4}-\d+$"),
    "number": Words("Numer certyfikatu", "", "ZP/2026/001", required=True, pattern=r"^ZP/\d{4}/\d+$"),
    "organisation": Words("Podmiot", "", "Spółdzielnia Socjalna Zielony Próg", required=True),
    "offer": Words("Oferta", "Dla niej przyznano znak.", "Mycie okien", required=True),
    "category": Words("Kategoria", "", "sprzątanie"),
    "powiat": Words("Powiat", "", "powiat kłodzki"),
    "granted_on": Words("Przyznano", "Pierwszy dzień pierwszej licencji.", "2026-03-01", required=True),
    "valid_until": Words("Ważny do", "Ostatni dzień ostatniej licencji.", "2027-02-28", required=True),
    "status": Words("Stan (kod)", f"{ON_THE_DAY} Puste, gdy licencja jeszcze się nie zaczęła. {CODES}", "wazny"),
    "status_since": Words("Stan od", "", "2026-03-01"),
    "renewals": Words("Liczba przedłużeń", "", "0", required=True),
    "nip": Words("NIP", "", "8990000110", pattern=NIP),
    "kind": Words("Rodzaj podmiotu (kod)", CODES, "spoldzielnia_socjalna", required=True),
    "url": Words("Sprawdzenie znaku", "", "https://portal.example/znak/weryfikacja/ZP-2026-001/", required=True),
    "organisation_id": Words("Numer karty podmiotu", "Gdy jest w katalogu.", "1204"),
    "offer_id": Words("Numer oferty", "Gdy jest w katalogu.", "318"),
}


def shown(mark, today, *, site):
    """The line of the register with the numbers of card and offer while they can be read; the line stays longer."""
    offer = mark.offer
    card = offer.organisation.pk if offer.organisation.published_at else None
    more = {"organisation_id": card, "offer_id": offer.pk if card and not offer.removed_at else None}
    return rows.row(mark, today, site=site) | {"id": mark.number.replace("/", "-")} | more


def _read():
    today = timezone.localdate()
    for mark in Mark.objects.order_by("pk").told().iterator(chunk_size=CHUNK):
        yield shown(mark, today, site=settings.SITE_URL)


MARKS = Dataset(
    slug="znaki",
    title="Znak „Zakup Prospołeczny”",
    description="Kto ma znak, dla której oferty i do kiedy, także znaki wygasłe, zawieszone i odebrane.",
    resource=MarkResource,
    words=WORDS,
    read=_read,
    themes=("SOCI", "ECON"),
    keywords=("Zakup Prospołeczny", "znak jakości", "zamówienia społecznie odpowiedzialne"),
    page="/znak/rejestr/",
    counted="znak,znaki,znaków",
    api="mark-holders",
)
