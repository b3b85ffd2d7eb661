"""What has become of applicant and offer in the register since the application was sent."""

from django.utils import timezone

from core.templatetags.portal import date_words


def changed_since(application):
    """[sentence], for the office and for the applicant. Of a draft nothing: it shows the register as it is."""
    if not application.number:
        return []
    return [*_of_applicant(application), *_of_offer(application)]


def _of_applicant(application):
    organisation, sent = application.offer.organisation, application.applicant
    name, nip = organisation.party.name, organisation.institution.nip if organisation.institution else ""
    if sent.get("name") and sent["name"] != name:
        yield f"Podmiot nazywa się teraz w rejestrze: {name}. We wniosku jest nazwa z chwili złożenia: {sent['name']}."
    if sent.get("nip") and nip and sent["nip"] != nip:
        yield f"NIP w rejestrze to teraz {nip}, a we wniosku {sent['nip']}."
    unit = organisation.unit
    if organisation.removed_at:
        yield "Podmiotu nie ma już w rejestrze."
    elif unit and unit.ended_on and unit.ended_on <= timezone.localdate():
        yield f"Jednostka zakończyła działalność {date_words(unit.ended_on)}."
    elif not organisation.published_at:
        yield "Karty podmiotu nie ma teraz w katalogu."


def _of_offer(application):
    offer, sent = application.offer, application.offer_facts
    if offer.removed_at:
        yield "Oferty nie ma już na karcie podmiotu."
    elif sent.get("name") and sent["name"] != offer.name:
        yield f"Oferta nazywa się teraz: {offer.name}. We wniosku: {sent['name']}."
