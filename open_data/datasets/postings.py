"""zamowienia: plan items, notices and results, in the columns of /zamowienia/eksport.csv."""

from django.conf import settings

from open_data.datasets.dataset import Dataset, Words
from open_data.datasets.organisations import CODES, NIP, TERYT_COUNTY, TERYT_MUNICIPALITY
from procurement.models import PostingEntry
from procurement.resources import PostingResource

WORDS = {
    "id": Words("Numer", "Nie zmienia się.", "812", required=True),
    "url": Words("Strona w portalu", "", "https://portal.example/zamowienia/812-sprzatanie/", required=True),
    "type": Words("Typ (kod)", CODES, "plan", required=True),
    "year": Words("Rok", "Rok planu albo ogłoszenia.", "2027", required=True),
    "buyer": Words("Zamawiający", "", "Gmina Kłodzko", required=True),
    "buyer_nip": Words("NIP zamawiającego", "", "8990000110", pattern=NIP),
    "subject": Words("Przedmiot", "", "Sprzątanie budynku urzędu", required=True),
    "kind": Words("Rodzaj zamówienia (kod)", CODES, "uslugi"),
    "mode": Words("Tryb (kod)", CODES, "podstawowy"),
    "cpv": Words("CPV", "Kody Wspólnego Słownika Zamówień.", "90911200-8"),
    "value": Words("Wartość", "Netto, w złotych; w wyniku wartość umowy.", "480000.00"),
    "start": Words("Kiedy się zaczyna", "Miesiąc, kwartał, rok albo dzień.", "2027-04"),
    "clauses": Words("Klauzule społeczne", CODES, "art94"),
    "number": Words("Numer pozycji albo ogłoszenia", "", "1.3.6"),
    "unit": Words("Jednostka zamawiającego", "", "Wydział Organizacyjny"),
    "type_label": Words("Typ", "", "pozycja planu", required=True),
    "kind_label": Words("Rodzaj zamówienia", "", "usługi"),
    "mode_label": Words("Tryb", "", "podstawowy, art. 275 pkt 1"),
    "notice_kind": Words("Rodzaj ogłoszenia", "", "ogłoszenie o zamówieniu"),
    "state": Words("Stan", "", "ogłoszone"),
    "articles": Words("Artykuły klauzul", "", "art. 94"),
    "is_approximate": Words("Wartość orientacyjna", "", "tak", required=True),
    "deadline": Words("Termin składania ofert", "", "2027-04-20T10:00+02:00"),
    "decided_on": Words("Dzień rozstrzygnięcia", "", "2027-05-11"),
    "suppliers": Words("Wykonawcy", "", "Spółdzielnia Socjalna Zielony Próg"),
    "plan_number": Words("Numer planu", "", "2027/BZP 00012345"),
    "powiat_teryt": Words(
        "TERYT powiatu", "Miejsce wykonania, a gdy go nie podano, siedziba.", "0208", pattern=TERYT_COUNTY
    ),
    "powiat": Words("Powiat", "", "powiat kłodzki"),
    "gmina_teryt": Words("TERYT gminy", "", "0208072", pattern=TERYT_MUNICIPALITY),
    "buyer_slug": Words("Zamawiający w adresach portalu", "", "gmina-klodzko", required=True),
    "source_url": Words("Źródło", "", "https://ezamowienia.example/123"),
    "ocid": Words("OCID", "Numer postępowania w OCDS.", "ocds-000000-812", required=True),
    "published_at": Words("Opublikowano", "", "2027-01-12T10:30+01:00", required=True),
    "changed_at": Words("Zmieniono", "", "2027-01-12T10:30+01:00", required=True),
}


POSTINGS = Dataset(
    slug="zamowienia",
    title="Zamówienia: plany, ogłoszenia i wyniki",
    description=(
        "Pozycje planów postępowań, ogłoszenia i wyniki z klauzulami społecznymi. Pełny przebieg postępowań jest "
        "w paczkach OCDS pod adresem /zamowienia/ocds/releases.json."
    ),
    resource=PostingResource,
    words=WORDS,
    read=lambda: PostingResource(site=settings.SITE_URL).iter_queryset(PostingEntry.objects.all()),
    themes=("GOVE", "ECON"),
    keywords=("zamówienia publiczne", "klauzule społeczne", "plan postępowań"),
    page="/zamowienia/",
    counted="zamówienie,zamówienia,zamówień",
    api="procurement",
)
