"""Programs that give the same data piece by piece."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from open_data.datasets import all_datasets
from open_data.dcat import words
from open_data.dcat.office import address, contact, publisher, terms
from open_data.dcat.words import of_class, polish


@dataclass(frozen=True, slots=True)
class Service:
    code: str
    title: str
    description: str
    endpoint: str
    # Where programs read how it is asked.
    documented: str
    standard: str
    # Whether it gives rows of a data set.
    serves: Callable
    themes: tuple[str, ...]


SERVICES = (
    Service(
        "ocds",
        "Zamówienia w OCDS",
        "Paczki wydań i zapisów Open Contracting Data Standard 1.1, stronicowane odsyłaczami.",
        "/zamowienia/ocds/releases.json",
        "/zamowienia/ocds/rozszerzenie/extension.json",
        "https://standard.open-contracting.org/1.1/en/",
        lambda dataset: dataset.slug == "zamowienia",
        ("GOVE", "ECON"),
    ),
    Service(
        "api",
        "API portalu",
        "Te same dane i filtry co na stronach, w JSON, tylko do odczytu.",
        "/api/v1/",
        "/api/v1/schema/",
        "https://spec.openapis.org/oas/v3.1.0",
        lambda dataset: dataset.api,
        ("SOCI", "ECON"),
    ),
)


def described():
    return [_described(one) for one in SERVICES]


def _described(service):
    return {
        "@id": address(f"#{service.code}"),
        "@type": "dcat:DataService",
        "dct:title": polish(service.title),
        "dct:description": polish(service.description),
        "dcat:endpointURL": {"@id": settings.SITE_URL + service.endpoint},
        "dcat:endpointDescription": {"@id": settings.SITE_URL + service.documented},
        "dct:conformsTo": of_class("dct:Standard", service.standard),
        "dcat:servesDataset": [{"@id": address(f"{one.slug}/")} for one in all_datasets() if service.serves(one)],
        "dcat:theme": [words.theme(code) for code in service.themes],
        "dcat:keyword": [polish("API"), polish("ekonomia społeczna")],
        "dct:publisher": publisher(),
        "dcat:contactPoint": contact(),
        "dct:license": terms(),
        "dct:accessRights": words.PUBLIC,
    }
