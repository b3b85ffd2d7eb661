"""A list that says on which day its rows were true confirms them for its register, and takes it back when undone."""

from datetime import date

import pytest
from django.utils import timezone

from registry.models import Confirmation, Organisation
from registry.use_cases.imports import undo
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_list_confirms_new_and_known_cards_until_it_is_undone(import_lines):
    known = OrganisationFactory(
        published=True,
        kind_id="ngo",
        institution__name="Fundacja Alfa",
        institution__nip="8831690460",
        verified_on=date(2025, 1, 2),
        verified_by="koordynator",
        activity="do-potwierdzenia",
    )
    today = timezone.localdate()
    report = import_lines(
        "Nazwa;Rodzaj;NIP;Miejscowość;Powiat;Zweryfikowano",
        f"Fundacja Alfa;fundacja;8831690460;Wrocław;m. Wrocław;{today}",
        f"Fundacja Beta;fundacja;5322059220;Lubin;lubiński;{today}",
        "Fundacja Gama;fundacja;6912445680;Lubin;lubiński;",
    )
    rows = Confirmation.objects.values_list("by", "channel", "day", "source__name", "run")
    assert set(rows) == {("rejestr", "wykaz", today, Organisation.objects.last().source.name, report["run"])}
    assert Confirmation.objects.count() == 2
    known.refresh_from_db()
    assert (known.activity, known.verified_by, known.verified_on) == ("aktywny", "rejestr", today)

    assert undo.undo(run_id=report["run"], now=timezone.now()) == []

    known.refresh_from_db()
    assert (known.activity, known.verified_by) == ("do-potwierdzenia", "koordynator")
    assert not Confirmation.objects.exists()
    assert Organisation.objects.count() == 1
