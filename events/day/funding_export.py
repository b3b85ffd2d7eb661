"""The participants of an edition in the shape of the funding system's import (SL2014, SM EFS of CST2021).

The only place besides a person's own form where PESEL is read. Fields that the edition does not demand stay empty:
only what the programme requires may be handed on.
"""

import csv
import io
from datetime import date

from django.utils import timezone
from stdnum.pl import pesel as pesel_number

from core.templatetags.portal import phone
from events.choices import Category, Education, LabourStatus, PersonField, RegistrationState, Sex
from events.completeness import is_complete
from events.models import Registration
from registry.spreadsheets import harmless

COLUMNS = (
    "Nr projektu", "Nazwa instytucji", "NIP", "REGON", "Typ instytucji", "Forma prawna", "Województwo", "Powiat",
    "Gmina", "Miejscowość", "Ulica", "Nr budynku", "Nr lokalu", "Kod pocztowy", "Miejscowość poczty",
    "Telefon instytucji", "E-mail instytucji", "Czy wsparciem objęto pracowników instytucji",
    "Imię", "Nazwisko", "PESEL", "Brak PESEL", "Data urodzenia", "Płeć", "Wiek w chwili przystąpienia",
    "Wykształcenie", "Miejscowość zamieszkania", "Kod pocztowy zamieszkania", "Ulica i numer zamieszkania",
    "Gmina zamieszkania",
    "Telefon", "E-mail", "Status na rynku pracy", "Rola w instytucji",
    "Data rozpoczęcia udziału w projekcie", "Data zakończenia udziału w projekcie", "Rodzaj przyznanego wsparcia",
    "Data rozpoczęcia udziału we wsparciu", "Data zakończenia udziału we wsparciu",
)  # fmt: skip


def counted(edition):
    """[[registrations of one person from one institution, by time], …]: present, and with nothing missing.

    Four queries, whatever the number.
    """
    rows = (
        Registration.objects.filter(
            event__edition=edition, state=RegistrationState.PRESENT, participant__isnull=False,
            enrolment__isnull=False, participant__erased_at=None,
        )
        .select_related(
            "event", "participant__municipality", "enrolment__legal_form", "enrolment__county__region",
            "enrolment__municipality",
        )
        .prefetch_related("participant__delegations")
        .order_by("participant__last_name", "participant__first_name", "participant", "enrolment", "event__starts_at")
    )  # fmt: skip
    groups = {}
    for row in rows:
        if is_complete(row.participant, row.enrolment, edition=edition):
            groups.setdefault((row.participant_id, row.enrolment_id), []).append(row)
    return list(groups.values())


def funding_csv(edition, groups):
    """RFC 4180 in UTF-8 without a byte order mark, one header row, a line for each kind of support of each person."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for rows in groups:
        kinds = {}
        for row in rows:
            kinds.setdefault(row.event.get_kind_display(), []).append(row.event)
        first, last = rows[0].event, max((row.event for row in rows), key=lambda event: event.ends_at)
        person = _person(rows[0].participant, rows[0].enrolment, edition, _day(first.starts_at))
        for kind, held in kinds.items():
            support = [kind, _day(held[0].starts_at), _day(max(one.ends_at for one in held))]
            whole = [_day(first.starts_at), _day(last.ends_at)]
            line = [edition.number, *_institution(rows[0].enrolment), *person, *whole, *support]
            writer.writerow([harmless(_text(value)) for value in line])
    return buffer.getvalue().encode()


def _institution(one):
    return [
        one.name, one.nip, one.regon, Category(one.category).label if one.category else "",
        one.legal_form.label if one.legal_form else "", one.county.region.name if one.county else "",
        one.county.name if one.county else "", one.municipality.label if one.municipality else "",
        one.town, one.street, one.house_number, one.flat_number, one.postal_code, one.post_office, _phone(one.phone),
        one.email, "tak",
    ]  # fmt: skip


def _person(one, enrolment, edition, start):
    def asked(field, value):
        return value if edition.asks_for(field) else ""

    born = one.birth_date or (pesel_number.get_birth_date(one.pesel) if one.pesel else None)
    may_say_age = edition.asks_for(PersonField.BIRTH_DATE) or edition.asks_for(PersonField.PESEL)
    role = next(
        (given.get_role_display() for given in one.delegations.all() if given.enrolment_id == enrolment.pk), ""
    )
    address = [one.town, one.postal_code, one.street_line, one.municipality.label if one.municipality else ""]
    return [
        one.first_name, one.last_name, asked(PersonField.PESEL, one.pesel),
        asked(PersonField.PESEL, "tak" if one.has_no_pesel else "nie"), asked(PersonField.BIRTH_DATE, one.birth_date),
        asked(PersonField.SEX, dict(Sex.choices).get(one.sex, "")), age(born, start) if born and may_say_age else "",
        asked(PersonField.EDUCATION, dict(Education.choices).get(one.education, "")),
        *(asked(PersonField.ADDRESS, value) for value in address), asked(PersonField.PHONE, _phone(one.phone)),
        asked(PersonField.EMAIL, one.email),
        asked(PersonField.LABOUR_STATUS, dict(LabourStatus.choices).get(one.labour_status, "")), role,
    ]  # fmt: skip


def age(born: date, day: date):
    """Whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _phone(text):
    return phone(text or "").replace("\N{NO-BREAK SPACE}", " ")


def _day(moment):
    return timezone.localdate(moment)


def _text(value):
    return value.isoformat() if isinstance(value, date) else str(value if value is not None else "")
