"""The demo: a case in every state, work for everybody who signs in, and nothing twice."""

import csv
from datetime import timedelta

import pytest
from django.conf import settings as portal
from django.utils import timezone

from accounts.models import User
from accounts.use_cases.demo import create_demo_accounts
from quality_mark.applying.missing import gaps
from quality_mark.choices import ApplicationState, MarkState
from quality_mark.models import Agreement, Application, Mark, NumberCounter, Rulebook, Step, Vote
from quality_mark.use_cases import demo_cases, rulebooks
from quality_mark.use_cases.demo import seed_mark
from quality_mark.use_cases.demo_marks import seed_marks
from registry.models import OfferMark
from tests.quality_mark.office import signed_in
from tests.registry.factories import OfferFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    now = timezone.now()
    organisations = [OfferFactory(organisation__published=True).organisation for _ in range(29)]
    for _ in range(2):
        OfferFactory(organisation=organisations[0])
    day = timezone.localdate(now)
    # Marks that were there before the demo's cases: one ends soon, four more so that one is suspended, one revoked.
    for number, ends in enumerate((34, -20, 200, 210, 220, 230, 240)):
        OfferMark.objects.create(
            offer=OfferFactory(organisation__published=True), number=f"ZP/P{number}",
            granted_on=day + timedelta(days=ends - 364), valid_until=day + timedelta(days=ends),
        )  # fmt: skip
    if not Rulebook.objects.exists():
        with (portal.BASE_DIR / "data" / "quality_mark" / "rules.csv").open(encoding="utf-8") as file:
            rulebooks.load(csv.DictReader(file))
    create_demo_accounts(now=now)
    for seed in (seed_mark, seed_marks, demo_cases.seed_cases):
        seed(seed=1, now=now)
    return now


def test_every_state_has_its_cases_and_everybody_who_signs_in_has_work(demo):
    assert set(Application.objects.values_list("state", flat=True)) == set(ApplicationState.values)
    assert set(Mark.objects.values_list("state", flat=True)) == set(MarkState.values)
    count, steps = Application.objects.count(), Step.objects.count()
    assert demo_cases.seed_cases(seed=1, now=demo) == "Sprawy znaku: są już."
    assert (Application.objects.count(), Step.objects.count()) == (count, steps)
    told = {
        "przedstawiciel": ("Umowa licencyjna do podpisania", "Uzupełnij wniosek o znak"),
        "asesor": ("Oceń wniosek",),
        "kapitula": ("Zagłosuj w sprawie",),
        "dyrektor": ("Do rozstrzygnięcia",),
        "koordynator": ("Umowy do podpisu urzędu", "Do przydziału oceniającym", "Prowadzisz"),
    }
    for name, words in told.items():
        page = signed_in(User.objects.get(email=f"{name}@demo.example")).get("/panel/").content.decode()
        for word in words:
            assert word in page, (name, word)
    # Numbers without a gap, drafts that lack something and one that lacks nothing, votes that wait, a signature too.
    for counter in NumberCounter.objects.all():
        given = Application.objects.filter(number__startswith=f"ZP/{counter.year}/").count()
        assert given == counter.last
    drafts = [list(gaps(one)) for one in Application.objects.filter(state=ApplicationState.DRAFT)]
    assert sorted(map(bool, drafts)) == [False, True]
    assert Vote.objects.filter(closed_at=None).count() == 2
    assert Agreement.objects.filter(
        holder_signed_at__isnull=False, application__state=ApplicationState.GRANTED
    ).exists()


def test_without_accounts_or_offers_it_says_so_and_writes_nothing(settings):
    settings.DEMO = True
    now = timezone.now()
    assert "nie ma kont" in demo_cases.seed_cases(seed=1, now=now)
    assert not Application.objects.exists()
