# ruff: noqa: S608 - names of our own tables and columns
"""Whatever is done to the register, whoever follows the feed has what the exports have."""

import csv
from datetime import timedelta
from itertools import repeat
from random import Random

import pytest
import time_machine
from dateutil.relativedelta import relativedelta
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.exceptions import Refused
from events.models import Event, EventDay
from open_data.choices import Dataset
from open_data.models import Change
from open_data.models.columns import INTERNAL, PUBLIC
from open_data.use_cases.changes import look_again
from procurement.choices import NoticeState
from procurement.models import Notice
from procurement.use_cases.notices.publishing import publish_due
from quality_mark.models import Licence, Mark
from registry import models
from registry.use_cases import catalogue, nightly
from registry.use_cases.imports.command import import_file
from registry.use_cases.merging import merge
from registry.use_cases.organisations import publish, withdraw
from tests.events.factories import EventFactory
from tests.events.threads import until_given_out
from tests.open_data.following import FEED, Follower, settle, told
from tests.open_data.publication import everything
from tests.procurement.orders import notice
from tests.procurement.orders import refresh as refresh_orders
from tests.quality_mark.marks import marked
from tests.registry.factories import (
    NOW,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    WorkplaceFactory,
    refresh,
)


@pytest.mark.parametrize("label", sorted(PUBLIC))
def test_of_every_column_it_is_said_whether_it_is_public(label):
    columns = {field.column for field in apps.get_model(label)._meta.concrete_fields}
    public, internal = set(PUBLIC[label].split()), set(INTERNAL[label].split())

    assert public & internal == set()
    assert public | internal == columns


@pytest.mark.django_db
def test_rewriting_entries_as_they_were_tells_nothing():
    made = marked()
    OrganisationFactory(of_unit=True, published=True)
    notice()
    EventFactory()
    refresh()
    refresh_orders()
    settle()
    before = list(Change.objects.order_by("pk").values())
    assert {one["dataset"] for one in before} == set(Dataset.values) - {Dataset.STATUSES}
    refresh()
    catalogue.rebuild(now=NOW)
    refresh_orders()
    made.save()
    settle()
    look_again(now=timezone.now())
    settle()

    assert list(Change.objects.order_by("pk").values()) == before


@pytest.mark.django_db(transaction=True)
def test_an_import_of_the_same_file_tells_nothing(tmp_path):
    path = tmp_path / "wykaz.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Nazwa", "Rodzaj", "NIP", "Miejscowość", "Telefon", "Oferta"])
        writer.writerow(["Fundacja Alfa", "fundacja", "8831690460", "Wrocław", "710000000", "Catering"])
    import_file(path=path, publish=True, now=NOW)
    first = list(Change.objects.order_by("pk").values())
    import_file(path=path, publish=True, now=NOW)
    assert [one["is_withdrawn"] for one in first] == [False] * 2
    assert list(Change.objects.order_by("pk").values()) == first

    path.write_text(path.read_text("utf-8").replace("710000000", "710000001"), "utf-8")
    import_file(path=path, publish=True, now=NOW)
    changed = [one for one in Change.objects.order_by("pk").values() if one not in first]
    assert [(one["dataset"], one["is_withdrawn"]) for one in changed] == [(1, False)]


@pytest.mark.django_db
def test_what_begins_with_a_day_is_told_that_night():
    with time_machine.travel(NOW, tick=False):
        made = marked(begins=timezone.localdate() + timedelta(days=1))
        SocialEnterpriseStatusFactory(
            institution=made.offer.organisation.institution, granted_on=timezone.localdate() + timedelta(days=1)
        )
        refresh(now=NOW)
        look_again(now=NOW)
        settle()
        before = dict(Change.objects.values_list("pk", "digest"))
    tomorrow = NOW + timedelta(days=1)
    with time_machine.travel(tomorrow, tick=False):
        nightly.turn_the_page(now=tomorrow)
        look_again(now=tomorrow)
        settle()
    changed = {one.get_dataset_display() for one in Change.objects.all() if before.get(one.pk) != one.digest}

    assert changed == {"organisations", "offers", "statuses", "mark-holders"}


@pytest.mark.django_db
def test_what_ends_with_a_day_is_told_that_night():
    today, tomorrow = timezone.localdate(NOW), NOW + timedelta(days=1)
    with time_machine.travel(NOW, tick=False):
        made = marked(begins=today - relativedelta(months=12) + timedelta(days=1))
        refresh(now=NOW)
        look_again(now=NOW)
        settle()
        before = dict(Change.objects.values_list("pk", "digest"))
    with time_machine.travel(tomorrow, tick=False):
        nightly.turn_the_page(now=tomorrow)
        look_again(now=tomorrow)
        settle()
    changed = {one.get_dataset_display() for one in Change.objects.all() if before.get(one.pk) != one.digest}

    assert made.valid_until == today
    assert changed == {"organisations", "offers", "mark-holders"}


@pytest.mark.django_db
def test_a_notice_is_told_when_its_day_comes(client):
    due = notice(state=NoticeState.SCHEDULED, publish_at=NOW + timedelta(hours=1))
    assert told(client) == []
    publish_due(notice_id=due.pk, now=NOW + timedelta(hours=2))

    assert told(client) == [("procurement", due.posting_id, "upsert")]


@pytest.mark.django_db
def test_a_cancelled_event_is_changed_and_a_draft_again_is_withdrawn(client):
    event = EventFactory()
    assert told(client) == [("events", event.pk, "upsert")]
    before = Change.objects.get().digest
    Event.objects.filter(pk=event.pk).update(state="odwolane", cancel_reason="Choroba.")
    assert told(client) == [("events", event.pk, "upsert")]
    assert Change.objects.get().digest != before
    Event.objects.filter(pk=event.pk).update(state="szkic")
    assert told(client) == [("events", event.pk, "withdrawn")]


@pytest.mark.django_db
def test_a_contact_person_who_comes_and_goes_is_told_to_nobody(client):
    card = OrganisationFactory(published=True)
    settle()
    before = Change.objects.get().digest
    for person, consent in (("Anna Kontaktowa", NOW.date()), ("", None)):
        given = {"contact_person": person, "contact_consent_on": consent}
        models.Organisation.objects.filter(pk=card.pk).update(**given)
        settle()

        assert Change.objects.get().digest == before
        assert "Kontaktowa" not in client.get(FEED, {"include": "row"}).content.decode()


@pytest.mark.django_db
def test_a_renamed_kind_is_told_at_night():
    card = OrganisationFactory(published=True)
    settle()
    models.OrganisationKind.objects.filter(pk=card.kind_id).update(label="Spółdzielnia inaczej")
    before = Change.objects.get().digest
    look_again(now=timezone.now())
    settle()

    assert Change.objects.get().digest != before


@pytest.fixture
def world(transactional_db):
    made = marked()
    cards = [OrganisationFactory(of_unit=number == 3, published=True) for number in range(4)]
    for card in cards:
        OfferFactory(organisation=card, codes=["90910000"])
        WorkplaceFactory(organisation=card)
    SocialEnterpriseStatusFactory(institution=cards[0].institution)
    SocialEnterpriseStatusFactory(institution=made.offer.organisation.institution)
    OfferMarkFactory(offer=cards[1].offers.first(), number="ZP/2020/001")
    EventFactory()
    EventFactory(state="szkic")
    notice()
    notice()
    refresh()
    refresh_orders()


TEXTS = {
    models.Institution: "name short_name street house_number town phone_other email www ade other_register",
    models.Unit: "name short_name street town email",
    models.Organisation: "description mission opening_hours support_centre accessibility other_marks slug",
    models.Offer: "name description capacity",
    models.Workplace: "name town",
    models.SocialEnterpriseStatus: "decision_number authority loss_reason",
    models.OfferMark: "number",
    models.DataSource: "name",
    Event: "title summary place_name town organiser audience_words getting_in",
    Mark: "public_note",
}
DELETED = (models.Workplace, models.OfferCpv, models.SocialEnterpriseStatus, models.OfferMark, EventDay)


def random_row(random, model):
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
    return random.choice(keys) if keys else None


def edit_text(random):
    model = random.choice(list(TEXTS))
    column = random.choice(TEXTS[model].split())
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s",
            [f"w{random.randrange(10**6)}", random_row(random, model)],
        )


def edit_many(random):
    models.Institution.objects.update(phone=f"+4871{random.randrange(10**7):07}")


def delete_row(random):
    model = random.choice(DELETED)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", [random_row(random, model)])


def add_row(random):
    offer = models.Offer.objects.get(pk=random_row(random, models.Offer))
    random.choice(
        [
            lambda: models.OfferCpv.objects.create(offer=offer, code_id=random.choice(["55520000", "90600000"])),
            lambda: OfferFactory(organisation=offer.organisation),
            lambda: WorkplaceFactory(organisation=offer.organisation),
            lambda: OrganisationFactory(published=random.random() < 0.5),
            lambda: SocialEnterpriseStatusFactory(institution=offer.organisation.institution),
            EventFactory,
            notice,
        ]
    )()


def use_case(random):
    card = random_row(random, models.Organisation)
    random.choice(
        [
            lambda: refresh(),
            lambda: refresh_orders(),
            lambda: withdraw(organisation_id=card, now=NOW),
            lambda: publish(organisation_id=card, now=NOW),
            lambda: merge(keep_id=card, drop_id=random_row(random, models.Organisation), now=NOW),
            lambda: models.Offer.objects.filter(organisation=card).update(removed_at=NOW),
            lambda: Notice.objects.filter(pk=random_row(random, Notice)).update(subject=f"z{random.random()}"),
            lambda: Event.objects.filter(pk=random_row(random, Event)).update(
                state=random.choice(["szkic", "opublikowane"])
            ),
            lambda: models.CatalogueEntry.objects.filter(pk=card).delete(),
            lambda: Licence.objects.update(office_signed_on=NOW.date()),
        ]
    )()


# Of sixty seeds these found what had been forgotten.
@pytest.mark.parametrize("seed", [2, 4])
def test_after_any_edits_a_follower_has_what_the_exports_have(client, world, seed):
    random = Random(seed)
    follower, copy = Follower(client, repeat(7)), {}
    for step in range(40):
        verb = random.choice([edit_text, edit_text, edit_many, delete_row, add_row, use_case, use_case])
        try:
            with transaction.atomic():
                for _ in range(random.randint(1, 3)):
                    verb(random)
        except (IntegrityError, Refused):
            pass
        until_given_out()
        new, public = follower.catch_up(), everything()
        for one in new:
            key = one["dataset"], one["id"]
            if one["change"] == "withdrawn":
                copy.pop(key, None)
            else:
                copy[key] = public.get(key)
        differing = {key for key in copy.keys() | public.keys() if copy.get(key) != public.get(key)}
        assert differing == set(), f"seed {seed}, step {step}: {verb.__name__}"
    afresh = Follower(client, repeat(500))
    afresh.catch_up()
    assert afresh.state == public.keys()
