"""A large file is read, and its cards are composed, by a process beside: with the same outcome as without."""

import os
import signal

import pytest
from django.core.management import CommandError
from django.db import transaction

from bench.messy import write_register
from registry.choices import ImportState
from registry.models import (
    CatalogueEntry,
    ImportRow,
    ImportRun,
    Institution,
    NameKey,
    Offer,
    OfferCpv,
    OfferEntry,
    Organisation,
    SocialEnterpriseStatus,
    Unit,
)
from registry.use_cases import catalogue
from registry.use_cases.imports import apply, stage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

MODELS = (
    Institution,
    Unit,
    Organisation,
    Offer,
    OfferCpv,
    SocialEnterpriseStatus,
    NameKey,
    CatalogueEntry,
    OfferEntry,
    ImportRow,
)
# Numbers of sequences, which no rollback takes back, and times.
PASSING = ("id", "run", "source", "created_at", "updated_at", "published_at", "changed_at", "digest")


@pytest.fixture
def beside(monkeypatch):
    monkeypatch.setattr(stage, "LARGE", -1)
    monkeypatch.setattr(apply, "LARGE", -1)


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "wykaz.csv"
    write_register(path, 1_300)
    return path


def die(_):
    os.kill(os.getpid(), signal.SIGKILL)


def written():
    """Everything an import writes, without what differs from one time to the next."""
    found = {}
    for model in MODELS:
        fields = [
            field.attname
            for field in model._meta.concrete_fields
            if field.name not in PASSING and not (field.is_relation and field.related_model in MODELS)
        ]
        found[model.__name__] = sorted(map(repr, model.objects.values_list(*fields)))
    return found


def test_the_outcome_is_the_same(register, import_registry, request):
    with transaction.atomic():
        import_registry(register)
        alone = written()
        transaction.set_rollback(True)
    assert not Organisation.objects.exists()
    request.getfixturevalue("beside")

    report = import_registry(register)

    assert report["created"] > 1_000
    assert written() == alone


def test_the_same_file_again_changes_nothing(beside, register, import_registry):
    first = import_registry(register)
    before = written()

    again = import_registry(register)

    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, first["created"])
    assert {name: rows for name, rows in written().items() if name != "ImportRow"} == {
        name: rows for name, rows in before.items() if name != "ImportRow"
    }


def test_a_process_that_dies_leaves_nothing_half_seen_and_the_import_goes_on(
    beside, register, import_registry, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(catalogue, "entries_of", die)
        with pytest.raises(CommandError, match="pójdzie dalej"):
            import_registry(register)
    run = ImportRun.objects.get()
    assert run.state == ImportState.APPLYING
    assert not Organisation.objects.exists()

    report = import_registry(register)

    assert report["run"] == run.pk
    assert CatalogueEntry.objects.count() == Organisation.objects.count() == report["created"]


def test_a_file_broken_in_the_middle_is_refused_with_its_sentence(beside, sheet, import_registry):
    lines = [f"Fundacja Numer {number};fundacja" for number in range(1_500)]
    path = sheet("Nazwa;Rodzaj", *lines, '"Fundacja bez końca;fundacja', *lines)

    with pytest.raises(CommandError, match="cudzys"):
        import_registry(path)

    assert not ImportRow.objects.exists()
