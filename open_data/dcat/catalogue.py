"""The catalogue as one JSON-LD document."""

from django.conf import settings

from open_data.choices import Format
from open_data.datasets import all_datasets
from open_data.dcat import interfaces, words
from open_data.dcat.office import address, contact, page, place, publisher, terms
from open_data.dcat.words import moment, of_class, polish, typed

_STANDARDS = {Format.CSV: "tableschema", Format.JSONL: "schema", Format.GEOJSON: "geojson.schema"}


def document(dumps, *, first_day):
    """`dumps`: files of the newest day with their contents; `first_day`: the first that has any, or None."""
    of = {}
    for dump in dumps:
        of.setdefault(dump.dataset, []).append(dump)
    datasets = [_dataset(one, of.get(one.slug, []), first_day) for one in all_datasets()]
    described = interfaces.described()
    catalogue = {
        "@id": address("katalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": polish(f"Otwarte dane: {settings.PORTAL_NAME}"),
        "dct:description": polish(
            "Rejestr podmiotów ekonomii społecznej regionu, ich ofert i znaków, wydarzenia i zamówienia z klauzulami "
            "społecznymi."
        ),
        "dct:publisher": publisher(),
        "dct:language": words.LANGUAGE,
        "dct:license": terms(),
        "dct:spatial": place(),
        "dcat:themeTaxonomy": words.TAXONOMY,
        "foaf:homepage": page("/otwarte-dane/"),
        "dcat:dataset": datasets,
        "dcat:service": described,
    }
    if dumps:
        catalogue["dct:issued"] = typed(first_day, "date")
        catalogue["dct:modified"] = moment(max(dump.made_at for dump in dumps))
    return {"@context": words.CONTEXT} | catalogue


def _dataset(dataset, dumps, first_day):
    told = {
        "@id": address(f"{dataset.slug}/"),
        "@type": "dcat:Dataset",
        "dct:identifier": address(f"{dataset.slug}/"),
        "dct:title": polish(dataset.title),
        "dct:description": polish(dataset.description),
        "dct:publisher": publisher(),
        "dcat:contactPoint": contact(),
        "dcat:keyword": [polish(word) for word in dataset.keywords],
        "dcat:theme": [words.theme(code) for code in dataset.themes],
        "dct:language": words.LANGUAGE,
        "dct:spatial": place(),
        "dct:accrualPeriodicity": words.DAILY,
        "dct:accessRights": words.PUBLIC,
        "dcat:landingPage": page(f"/otwarte-dane/{dataset.slug}/"),
    }
    if dumps:
        newest = dumps[0]
        told["dct:issued"] = typed(first_day, "date")
        told["dct:modified"] = moment(newest.made_at)
        told["dcat:version"] = str(newest.day)
        told["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": typed(newest.day, "date"),
            "dcat:endDate": typed(newest.day, "date"),
        }
        told["dcat:distribution"] = [_distribution(dataset, dump) for dump in dumps]
    return told


def _distribution(dataset, dump):
    """The file of that day, which never changes: its sum stays true after the next night."""
    form, content = dump.kind, dump.content
    told = {
        "@id": settings.SITE_URL + dump.path,
        "@type": "dcat:Distribution",
        "dct:title": polish(f"{dataset.title} ({form.label})"),
        "dct:description": polish(f"Cały zbiór z dnia {dump.day}, wierszy: {dump.rows}."),
        # Resources on the web: without a class of their own, as DCAT wants it.
        "dcat:accessURL": {"@id": address(f"{dataset.slug}/")},
        "dcat:downloadURL": {"@id": settings.SITE_URL + dump.path},
        "dct:format": of_class("dct:MediaTypeOrExtent", f"{words.EU}/file-type/{form.file_type}"),
        "dcat:byteSize": typed(content.size, "nonNegativeInteger"),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": words.SHA256,
            "spdx:checksumValue": typed(content.sha256, "hexBinary"),
        },
        "dct:license": terms(),
        "dct:language": words.LANGUAGE,
        "dct:issued": moment(dump.made_at),
        "dct:modified": moment(dump.made_at),
        "dcatap:availability": words.AVAILABLE,
    }
    if form.media_type:
        told["dcat:mediaType"] = of_class("dct:MediaType", f"{words.IANA}/{form.media_type}")
    if form in _STANDARDS:
        told["dct:conformsTo"] = of_class("dct:Standard", address(f"{dataset.slug}.{_STANDARDS[form]}.json"))
    return told
