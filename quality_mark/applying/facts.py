"""What the register says of an applicant and an offer: shown in a draft, frozen when it is submitted."""


def of_applicant(offer):
    """Public facts only, no contacts of people."""
    organisation = offer.organisation
    party, person = organisation.party, organisation.institution
    return {
        "name": party.name,
        "operator": person.name if person and person != party else "",
        "kind": organisation.kind.label,
        "legal_form": str(person.legal_form or "") if person else "",
        "nip": person.nip if person else "",
        "regon": party.regon,
        "krs": person.krs if person else "",
        "town": party.town,
        "postal_code": party.postal_code,
        "street": " ".join(filter(None, [party.street, party.house_number])),
    }


def of_offer(offer):
    return {"name": offer.name, "description": offer.description, "category": str(offer.category or "")}
