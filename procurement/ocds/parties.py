"""Who takes part, under the codes of org-id.guide: PL-NIP, PL-KRS, PL-REGON."""

from procurement.ocds.values import known

SCHEMES = (("nip", "PL-NIP"), ("krs", "PL-KRS"), ("regon", "PL-REGON"))


class Parties:
    """The parties of one release: each once, with all its roles."""

    def __init__(self):
        self._parties = {}

    def add(self, party, *roles):
        """Returns the reference by which other sections name it."""
        kept = self._parties.setdefault(party["id"], party | {"roles": []})
        kept["roles"] += [role for role in roles if role not in kept["roles"]]
        return {"id": party["id"], "name": party["name"]}

    def listed(self):
        return list(self._parties.values())


def institution_party(institution, *, is_located=True):
    """Address and page are those of the register."""
    identifiers = [
        {"scheme": scheme, "id": getattr(institution, field), "legalName": institution.name}
        for field, scheme in SCHEMES
        if getattr(institution, field)
    ]
    first, *others = identifiers or [None]
    street = " ".join(filter(None, [institution.street, institution.house_number]))
    place = known(
        address=known(
            streetAddress=street if institution.street or institution.house_number else "",
            locality=institution.town,
            postalCode=institution.postal_code,
            countryName="Polska",
        ),
        contactPoint=known(name=institution.name, url=institution.www) if institution.www else None,
    )
    return known(
        id=f"{first['scheme']}-{first['id']}" if first else f"instytucja-{institution.pk}",
        name=institution.name,
        identifier=first,
        additionalIdentifiers=others,
        **(place if is_located else {}),
    )


def unit_party(unit, authority_party):
    """A unit that buys by itself has no number of its own."""
    return known(
        id=f"{authority_party['id']}-jednostka-{unit.pk}",
        name=unit.name,
        address=authority_party.get("address"),
    )


def supplier_party(award):
    """Whoever got the order; one that is not in the register is known by name and, when it was told, by NIP.

    Without a KRS number it may be a person who does business, and the address a home: that is not told.
    """
    if award.supplier_id:
        return institution_party(award.supplier, is_located=bool(award.supplier.krs))
    identifier = award.supplier_nip and {
        "scheme": "PL-NIP",
        "id": award.supplier_nip,
        "legalName": award.supplier_name,
    }
    return known(
        id=f"PL-NIP-{award.supplier_nip}" if award.supplier_nip else f"wykonawca-{award.pk}",
        name=award.supplier_name,
        identifier=identifier,
    )


def buyers(parties, authority, unit):
    """References (buyer, procuring entity) of an authority and of the unit that buys for it, if there is one."""
    party = institution_party(authority.institution)
    if unit is None:
        reference = parties.add(party, "buyer", "procuringEntity")
        return reference, reference
    return parties.add(party, "buyer"), parties.add(unit_party(unit, party), "procuringEntity")
