"""The addresses that DCAT-AP names things by."""

EU = "http://publications.europa.eu/resource/authority"
IANA = "https://www.iana.org/assignments/media-types"

CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def of_class(kind, uri, **more):
    """A thing that another authority describes: its address and its class, so that a validator needs no network."""
    return {"@id": uri, "@type": kind} | more


def concept(uri, label):
    return of_class("skos:Concept", uri) | {"skos:prefLabel": polish(label)}


def polish(text):
    return {"@value": text, "@language": "pl"}


def typed(value, kind):
    return {"@value": str(value), "@type": f"xsd:{kind}"}


def moment(value):
    return typed(value.isoformat(), "dateTime")


LANGUAGE = of_class("dct:LinguisticSystem", f"{EU}/language/POL")
PUBLIC = of_class("dct:RightsStatement", f"{EU}/access-right/PUBLIC")
DAILY = of_class("dct:Frequency", f"{EU}/frequency/DAILY")
AVAILABLE = concept(f"{EU}/planned-availability/STABLE", "stabilna")
SHA256 = of_class("spdx:ChecksumAlgorithm", "http://spdx.org/rdf/terms#checksumAlgorithm_sha256")
THEMES = {
    "SOCI": "Ludność i społeczeństwo",
    "ECON": "Gospodarka i finanse",
    "GOVE": "Rząd i sektor publiczny",
    "REGI": "Regiony i miasta",
    "EDUC": "Edukacja, kultura i sport",
}
TAXONOMY = of_class("skos:ConceptScheme", f"{EU}/data-theme") | {"dct:title": polish("Kategorie danych")}


def theme(code):
    return concept(f"{EU}/data-theme/{code}", THEMES[code])
