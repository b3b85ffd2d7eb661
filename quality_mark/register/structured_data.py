"""schema.org for search engines (JSON-LD): the same facts as on the verification page."""

from quality_mark.register.numbers import page_of
from quality_mark.register.standing import periods_of
from registry.cards.structured_data import json_ld


def mark_data(mark, stand, *, absolute):
    """A Certification of a product; only while it is valid, because it has no word for what has ended."""
    if stand is None or not stand.is_valid:
        return ""
    return json_ld(
        {
            "@context": "https://schema.org",
            "@type": "Certification",
            "name": "Zakup Prospołeczny",
            "certificationIdentification": mark.number,
            "certificationStatus": "https://schema.org/CertificationActive",
            "validFrom": periods_of(mark)[0][0].isoformat(),
            "expires": stand.valid_until.isoformat(),
            "url": absolute(page_of(mark.number)),
            "about": {
                "@type": "Product",
                "name": mark.offer.name,
                "manufacturer": {"@type": "Organization", "name": mark.offer.organisation.party.name},
            },
        }
    )
