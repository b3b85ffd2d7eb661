"""Believable rows of the calendar and of enrolment. Plain values, no clock."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from events import models
from events.choices import Category, DelegateRole, EnrolmentState, EventState, FormKind, RegistrationState, TextKind
from tests.registry.factories import NIPS, InstitutionFactory

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
# 3 December 2026, 9.00 to 14.00 in Warsaw.
START, END = datetime(2026, 12, 3, 8, tzinfo=UTC), datetime(2026, 12, 3, 13, tzinfo=UTC)
AT = START + timedelta(minutes=5)


class EditionFactory(DjangoModelFactory):
    """An edition that takes enrolments. `texts=True` gives it every text and both forms, in force."""

    class Meta:
        model = models.Edition
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"edycja-{n}")
    name = "Dolnośląska Ekonomia Społeczna"
    number = "FEDS.07.05-IP.02-0001/26"
    programme = "Fundusze Europejskie dla Dolnego Śląska 2021–2027"
    starts_on = date(2026, 1, 1)
    ends_on = date(2027, 12, 31)
    personal_data_until = date(2033, 12, 31)
    funding_statement = "Projekt współfinansowany ze środków Unii Europejskiej."
    contact_name = "Anna Przykładowa"
    contact_role = "koordynatorka ds. współpracy"
    contact_phone = "+48710000000"
    contact_email = "projekt@example.pl"
    person_fields = factory.LazyFunction(list)

    @factory.post_generation
    def texts(self, create, extracted, **kwargs):
        if not extracted:
            return
        for kind in TextKind:
            EditionTextFactory(edition=self, kind=kind, title=kind.label.capitalize())
        for kind in FormKind:
            FormVersionFactory(edition=self, kind=kind)


class EditionTextFactory(DjangoModelFactory):
    class Meta:
        model = models.EditionText

    edition = factory.SubFactory(EditionFactory)
    kind = TextKind.REGULATIONS
    version = 1
    valid_from = date(2026, 1, 1)
    published_at = NOW - timedelta(days=300)
    title = "Regulamin uczestnictwa"
    body = "Udział jest bezpłatny.\n\nInstytucja deleguje osoby."


class FormVersionFactory(DjangoModelFactory):
    class Meta:
        model = models.FormVersion

    edition = factory.SubFactory(EditionFactory)
    kind = FormKind.INSTITUTION
    version = 1
    valid_from = date(2026, 1, 1)
    published_at = NOW - timedelta(days=300)


class EnrolmentFactory(DjangoModelFactory):
    """A complete draft. `accepted=True`: accepted, of an institution of the register."""

    class Meta:
        model = models.Enrolment

    class Params:
        accepted = factory.Trait(
            state=EnrolmentState.ACCEPTED,
            institution=factory.SubFactory(
                InstitutionFactory, name=factory.SelfAttribute("..name"), nip=factory.SelfAttribute("..nip")
            ),
            submitted_at=NOW,
            decided_at=NOW,
        )

    edition = factory.SubFactory(EditionFactory)
    nip = factory.LazyFunction(lambda: next(NIPS))
    name = factory.Sequence(lambda n: f"Fundacja Zielony Próg nr {n}")
    category = Category.PES
    street = "ul. Drukarska"
    house_number = "37"
    postal_code = "53-311"
    town = "Wrocław"
    municipality_id = "0264011"
    county_id = "0264"
    phone = "+48710000000"
    email = "biuro@example.pl"
    contact_name = "Jan Przykładowy"
    contact_email = "jan@example.pl"
    started_at = NOW
    saved_at = NOW


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = models.Participant

    class Params:
        declared = factory.Trait(declared_at=NOW)

    edition = factory.SubFactory(EditionFactory)
    first_name = "Ola"
    last_name = factory.Sequence(lambda n: f"Kowalska-{n}")
    email = factory.Sequence(lambda n: f"ola{n}@example.pl")
    created_at = NOW


class DelegationFactory(DjangoModelFactory):
    """A person on the roster of an institution; `participant__declared=True` when they have given their data."""

    class Meta:
        model = models.Delegation

    enrolment = factory.SubFactory(EnrolmentFactory, accepted=True)
    participant = factory.SubFactory(ParticipantFactory, edition=factory.SelfAttribute("..enrolment.edition"))
    role = DelegateRole.EMPLOYEE
    starts_on = date(2026, 1, 1)


class EventFactory(DjangoModelFactory):
    """A published event of one day, open to all. `edition=…` makes it one of a project; `days=[(start, end), …]`."""

    class Meta:
        model = models.Event
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"spotkanie-{n}")
    title = factory.Sequence(lambda n: f"Spotkanie sieciujące nr {n}")
    kind = "sieciowanie"
    state = EventState.PUBLISHED
    summary = "Jak razem zamawiać i sprzedawać."
    place_name = "Wrocławski Zakład Aktywności Zawodowej"
    street = "ul. Litomska"
    house_number = "10"
    postal_code = "53-641"
    town = "Wrocław"
    municipality_id = "0264011"
    county_id = "0264"
    starts_at = START
    ends_at = END
    created_at = NOW
    changed_at = NOW
    published_at = factory.LazyAttribute(lambda o: None if o.state == EventState.DRAFT else NOW)

    @factory.post_generation
    def days(self, create, extracted, **kwargs):
        for start, end in extracted or [(self.starts_at, self.ends_at)]:
            if start:
                models.EventDay.objects.create(event=self, starts_at=start, ends_at=end)
        if extracted:
            self.starts_at, self.ends_at = extracted[0][0], extracted[-1][1]
            models.Event.objects.filter(pk=self.pk).update(starts_at=self.starts_at, ends_at=self.ends_at)


class RegistrationFactory(DjangoModelFactory):
    class Meta:
        model = models.Registration

    event = factory.SubFactory(EventFactory)
    state = RegistrationState.CONFIRMED
    first_name = "Ewa"
    last_name = factory.Sequence(lambda n: f"Nowak-{n}")
    email = factory.Sequence(lambda n: f"ewa{n}@example.pl")
    registered_at = NOW
    confirmed_at = factory.LazyAttribute(lambda o: NOW if o.state == RegistrationState.CONFIRMED else None)
    hold_until = factory.LazyAttribute(
        lambda o: NOW + timedelta(days=2) if o.state in RegistrationState.waiting() else None
    )
    ended_at = factory.LazyAttribute(lambda o: NOW if o.state in RegistrationState.ended() else None)
