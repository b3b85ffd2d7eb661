"""Everything personal is in the table of /prywatnosc/, and the table says nothing that is not so."""

import re

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from core import personal_data

# A field is personal when it points to an account or is of a kind or a name that people's data have.
PERSONAL_KINDS = (models.EmailField, models.GenericIPAddressField)
PERSONAL_NAME = re.compile(
    r"(^|_)(email|e_mail|phone|full_name|first_name|last_name|surname|person|ip|user_agent|password|birth|pesel)(_|$)"
)


# Which data a project asks for: the names of fields, nobody's data.
NOT_PERSONAL = {("events.Edition", "person_fields")}


def personal_fields(model):
    return {
        field.name
        for field in model._meta.get_fields()
        if (model._meta.label, field.name) not in NOT_PERSONAL
        and field.concrete
        and not field.auto_created
        and (
            field.related_model is get_user_model()
            or isinstance(field, PERSONAL_KINDS)
            or PERSONAL_NAME.search(field.name)
        )
    }


def stored_models():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and not hasattr(model, "pgh_tracked_model"):
            yield model


def held():
    """{model: fields} of the table; the history of a model goes with it."""
    table = {}
    for one in personal_data.all_classes():
        for label, names in one.holds.items():
            table.setdefault(apps.get_model(label), set()).update(names.split())
    return table


def test_every_personal_field_of_every_model_is_in_a_data_class():
    table = held()
    missing = {
        model._meta.label: sorted(fields)
        for model in stored_models()
        if (fields := personal_fields(model) - table.get(model, set()))
    }
    assert missing == {}


def test_the_rule_finds_what_it_should():
    found = {model._meta.label: personal_fields(model) for model in stored_models()}
    assert found["accounts.User"] >= {"email", "full_name", "password"}
    assert found["accounts.TrailEntry"] == {"actor", "subject"}
    assert found["registry.Organisation"] == {"contact_person"}
    assert found["registry.County"] == set()


def test_the_table_names_only_fields_that_exist():
    for model, names in held().items():
        assert names <= {field.name for field in model._meta.get_fields()}, model


def test_no_field_belongs_to_two_data_classes():
    named = [
        (label, name)
        for one in personal_data.all_classes()
        for label, names in one.holds.items()
        for name in names.split()
    ]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("one", personal_data.all_classes(), ids=lambda one: one.code)
def test_the_page_says_every_row_in_full(client, one):
    page = client.get("/prywatnosc/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    for words in (one.label, one.what, one.purpose, one.basis, one.seen_by, one.kept()):
        assert words.replace("\N{NO-BREAK SPACE}", " ") in page


def test_times_come_from_the_settings(client, settings):
    settings.ERROR_REPORT_KEPT_DAYS = 77
    assert "77\N{NO-BREAK SPACE}dni od załatwienia" in client.get("/prywatnosc/").content.decode()


def test_what_the_operator_has_not_approved_is_said_to_be_preliminary(client, settings):
    from datetime import date

    assert "nie zatwierdził jeszcze" in client.get("/prywatnosc/").content.decode()
    settings.PRIVACY_APPROVED_ON = date(2026, 12, 1)
    page = client.get("/prywatnosc/").content.decode()
    assert "nie zatwierdził jeszcze" not in page
    assert "1\N{NO-BREAK SPACE}grudnia\N{NO-BREAK SPACE}2026" in page


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 dzień"), (30, "30 dni"), (365, "rok"), (730, "2 lata"), (1825, "5 lat"), (400, "400 dni")],
)
def test_a_number_of_days_is_said_as_people_do(days, words):
    assert personal_data.days_words(days).replace("\N{NO-BREAK SPACE}", " ") == words
