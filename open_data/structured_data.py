"""schema.org for search engines of data: the same that the pages say."""

from django.conf import settings

from open_data import datasets
from open_data.licences import licence

_CONTEXT = "https://schema.org"


def catalogue_data():
    return {
        "@context": _CONTEXT,
        "@type": "DataCatalog",
        "name": f"Otwarte dane: {settings.PORTAL_NAME}",
        "url": f"{settings.SITE_URL}/otwarte-dane/",
        "license": licence().url,
        "publisher": _publisher(),
        "dataset": [
            {"@type": "Dataset", "name": one.title, "description": one.description, "url": _address(one)}
            for one in datasets.all_datasets()
        ],
    }


def dataset_data(dataset, files):
    newest = files[0] if files else None
    return {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "@id": _address(dataset),
        "url": _address(dataset),
        "name": dataset.title,
        "description": dataset.description,
        "keywords": list(dataset.keywords),
        "inLanguage": "pl",
        "isAccessibleForFree": True,
        "license": licence().url,
        "creator": _publisher(),
        "publisher": _publisher(),
        "includedInDataCatalog": {"@type": "DataCatalog", "url": f"{settings.SITE_URL}/otwarte-dane/"},
        "dateModified": newest.made_at.isoformat() if newest else "",
        "version": str(newest.day) if newest else "",
        "variableMeasured": [
            {"@type": "PropertyValue", "name": one.name, "description": one.words.title} for one in dataset.columns
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": settings.SITE_URL + dump.path,
                "encodingFormat": dump.kind.content_type.partition(";")[0],
                "contentSize": f"{dump.content.size} B",
                "sha256": dump.content.sha256,
            }
            for dump in files
        ],
    }


def _address(dataset):
    return f"{settings.SITE_URL}/otwarte-dane/{dataset.slug}/"


def _publisher():
    return {"@type": "GovernmentOrganization", "name": settings.OPERATOR["name"], "url": settings.OPERATOR["www"]}
