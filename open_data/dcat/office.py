"""What every part of the catalogue says alike: whose it is, whom to ask, on what conditions, of which place."""

from django.conf import settings

from open_data.dcat import words
from open_data.dcat.words import of_class, polish
from open_data.licences import licence


def address(path):
    return f"{settings.SITE_URL}/otwarte-dane/{path}"


def page(path):
    return of_class("foaf:Document", settings.SITE_URL + path)


def publisher():
    kind = words.concept("http://purl.org/adms/publishertype/RegionalAuthority", "Władze regionalne")
    told = of_class("foaf:Agent", f"{settings.SITE_URL}/#wydawca")
    told |= {"foaf:name": polish(settings.OPERATOR["name"]), "dct:type": kind}
    if settings.OPERATOR["www"]:
        told["foaf:homepage"] = of_class("foaf:Document", settings.OPERATOR["www"])
    return told


def contact():
    """The office, by what the operator has given of it."""
    told = {
        "@id": f"{settings.SITE_URL}/#kontakt",
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": settings.OPERATOR["name"],
        "vcard:hasURL": {"@id": f"{settings.SITE_URL}/kontakt/"},
    }
    if settings.OPERATOR["email"]:
        told["vcard:hasEmail"] = {"@id": f"mailto:{settings.OPERATOR['email']}"}
    return told


def terms():
    one = licence()
    return of_class("dct:LicenseDocument", one.uri) | {"dct:type": words.concept(one.type, one.label)}


def place():
    return of_class("dct:Location", settings.OPEN_DATA_SPATIAL)
