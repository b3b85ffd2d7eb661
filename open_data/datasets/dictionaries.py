"""slowniki: what the codes in the other files mean."""

from collections import namedtuple

from import_export import resources

from events.choices import EventKind, EventState
from open_data.datasets.dataset import Dataset, Words
from open_data.datasets.territory import LEVELS
from procurement.choices import EntryType, Nature, NoticeKind
from procurement.models import ClauseKind, Mode
from quality_mark.choices import Standing
from registry.choices import Activity, SocialGoal
from registry.exports.cells import Number
from registry.models import LegalForm, OfferCategory, OrganisationKind
from registry.resources import Column

Row = namedtuple("Row", "dictionary code label plural short legal_reference position")
_LISTS = {
    "aktywnosc": Activity,
    "cel-ps": SocialGoal,
    "rodzaj-wydarzenia": EventKind,
    "stan-wydarzenia": [(one.value, one.label) for one in EventState.public()],
    "typ-zamowienia": EntryType,
    "rodzaj-zamowienia": Nature,
    "rodzaj-ogloszenia": NoticeKind,
    "stan-znaku": Standing,
    "poziom-terytorium": list(LEVELS.items()),
}


class DictionaryResource(resources.Resource):
    dictionary = Column()
    code = Column()
    label = Column()
    plural = Column()
    short = Column()
    legal_reference = Column()
    position = Column(Number)


def entries():
    """Rows of what the office may change, then of the closed lists, each in its order."""
    for one in OrganisationKind.objects.order_by("position"):
        yield Row("rodzaj", one.code, one.label, one.plural_label, one.short_label, one.legal_reference, one.position)
    for name, model in (("forma-prawna", LegalForm), ("kategoria", OfferCategory)):
        for one in model.objects.order_by("position"):
            yield Row(name, one.code, one.label, "", "", "", one.position)
    # Of dated rows the newest of each code: files of today may name what was in force in former years.
    for name, model in (("klauzula", ClauseKind), ("tryb", Mode)):
        newest = model.objects.order_by("code", "-valid_from").distinct("code")
        for position, one in enumerate(newest, start=1):
            yield Row(name, one.code, one.label, "", "", one.legal_basis, position)
    for name, choices in _LISTS.items():
        for position, (code, label) in enumerate(getattr(choices, "choices", choices), start=1):
            yield Row(name, code, label, "", "", "", position)


WORDS = {
    "dictionary": Words(
        "Słownik", "Na przykład rodzaj, forma-prawna, kategoria, klauzula, tryb.", "rodzaj", required=True
    ),
    "code": Words(
        "Kod", "Tak, jak stoi w innych plikach i w adresach portalu.", "spoldzielnia_socjalna", required=True
    ),
    "label": Words("Nazwa", "", "spółdzielnia socjalna", required=True),
    "plural": Words("Liczba mnoga", "", "spółdzielnie socjalne"),
    "short": Words("Skrót", "", "WTZ"),
    "legal_reference": Words("Podstawa prawna", "Informacja, nie porada prawna.", "art. 2 pkt 5 lit. a"),
    "position": Words("Kolejność", "", "1", required=True),
}


DICTIONARIES = Dataset(
    slug="slowniki",
    title="Słowniki",
    description=(
        "Co znaczą kody w pozostałych zbiorach: rodzaje podmiotów, formy prawne, kategorie ofert, klauzule, tryby "
        "i stany."
    ),
    resource=DictionaryResource,
    words=WORDS,
    read=entries,
    themes=("GOVE",),
    keywords=("słowniki", "kody", "klasyfikacje"),
    page="/zrodla-danych/",
    counted="pojęcie,pojęcia,pojęć",
)
