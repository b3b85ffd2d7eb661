"""schema.org for search engines (JSON-LD): the same facts as on the page, never more."""

import json

from django.utils.safestring import mark_safe

from registry.cards.links import is_web

# Legal forms that are a non-governmental organisation whoever runs them.
_NGO = {"fundacja", "stowarzyszenie", "stowarzyszenie_zwykle", "zwiazek_stowarzyszen", "kgw", "klub_sportowy"}
# Inside <script> these three letters could end the element or begin a comment.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def json_ld(data):
    """The text of a <script type="application/ld+json">; it runs nothing, so it needs no nonce."""
    return mark_safe(json.dumps(_without_empty(data), ensure_ascii=False).translate(ESCAPES))  # noqa: S308 - escaped above


def organisation_data(card, *, absolute):
    """`absolute` makes a full address of a path: request.build_absolute_uri."""
    url = absolute(card.organisation.get_absolute_url())
    party, institution = card.party, card.institution
    return {
        "@context": "https://schema.org",
        "@type": "NGO" if not card.unit and institution.legal_form_id in _NGO else "Organization",
        "@id": url,
        "url": url,
        "name": party.name,
        "alternateName": party.short_name,
        "description": card.summary,
        "telephone": party.phone,
        "email": party.email,
        "sameAs": [address for address in (party.www, *card.organisation.social_media) if is_web(address)],
        "address": _address(party),
        "location": _place(party, card.organisation),
        "areaServed": card.area,
        "taxID": "" if card.unit else institution.nip,
        "foundingDate": "" if card.unit else str(institution.founded_year or ""),
        "identifier": [] if card.unit else _identifiers(institution),
        "parentOrganization": _operator(card, absolute),
        "subOrganization": [
            {"@type": "Organization", "name": str(unit), "url": absolute(unit.get_absolute_url())}
            for unit in card.units
        ],
        "makesOffer": [_offer(line, absolute, {"@id": url}) for line in card.offers],
    }


def offer_data(line, card, *, absolute):
    url = absolute(card.organisation.get_absolute_url())
    seller = {"@type": "Organization", "@id": url, "name": card.party.name, "url": url}
    return {"@context": "https://schema.org", **_offer(line, absolute, {"@id": url}), "offeredBy": seller}


def breadcrumb_data(links, *, absolute):
    """`links`: [{label, url}], from the front page down."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": link["label"], "item": absolute(link["url"])}
            for position, link in enumerate(links, start=1)
        ],
    }


def _offer(line, absolute, provider):
    category = line.offer.category.label if line.offer.category else ""
    return {
        "@type": "Offer",
        "name": line.offer.name,
        "url": absolute(line.url),
        "description": line.offer.description,
        "category": category,
        "areaServed": line.area,
        "itemOffered": {
            "@type": "Service",
            "name": line.offer.name,
            "serviceType": category,
            "areaServed": line.area,
            "provider": provider,
            "award": _award(line),
        },
    }


def _award(line):
    return f"Znak „Zakup Prospołeczny” {line.mark.number}" if line.mark else ""


def _address(party):
    fields = {
        "streetAddress": party.street_line,
        "postalCode": party.postal_code,
        "addressLocality": party.town,
    }
    return {"@type": "PostalAddress", **fields, "addressCountry": "PL"} if any(fields.values()) else None


def _place(party, organisation):
    """Where it is to be found: only a place has coordinates."""
    if organisation.latitude is None:
        return None
    geo = {"@type": "GeoCoordinates", "latitude": organisation.latitude, "longitude": organisation.longitude}
    return {"@type": "Place", "name": party.name, "address": _address(party), "geo": geo}


def _identifiers(institution):
    numbers = {"NIP": institution.nip, "REGON": institution.regon, "KRS": institution.krs}
    return [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in numbers.items() if value]


def _operator(card, absolute):
    if not card.unit or not card.unit.operator:
        return None
    url = absolute(card.operator_card.get_absolute_url()) if card.operator_card else ""
    return {"@type": "Organization", "name": card.unit.operator.name, "url": url}


def _without_empty(value):
    if isinstance(value, dict):
        kept = {key: _without_empty(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if part not in ("", None, [], {})}
    return [_without_empty(part) for part in value] if isinstance(value, list) else value
