"""What is counted from a status: the bar after a loss, yearly reports, terms of units, and the axis of time."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.choices import Role
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from registry import timeline
from registry.cards import reading
from registry.choices import Verifier
from registry.letters import STATUS_REPORT_DUE, UNIT_TERM_ENDS
from registry.models import CatalogueEntry, SocialEnterpriseStatus, StatusReport, TermRule, Unit
from registry.terms import Terms, months_after
from registry.use_cases import status_reports, unit_terms
from registry.use_cases.closing import close, reopen
from registry.use_cases.status_reports import draw_up, note_report
from registry.use_cases.statuses import grant_status, lose_status
from registry.use_cases.unit_terms import extend_unit
from tests.accounts.factories import account
from tests.registry.factories import (
    NOW,
    TODAY,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def noon(year, month, day):
    return datetime(year, month, day, 12, tzinfo=UTC)


@pytest.fixture
def card():
    return OrganisationFactory(slug="zielony-prog", published=True)


def granted(card, on, **more):
    return grant_status(institution_id=card.institution_id, granted_on=on, actor=None, now=NOW, **more)


def lost(status, on, **more):
    return lose_status(status_id=status.pk, lost_on=on, reason="na wniosek", actor=None, now=NOW, **more)


def test_a_status_is_shown_for_the_time_it_holds(client, card):
    status, warning = granted(card, date(2024, 3, 1), decision_number="PS.1", goal="oba")
    assert warning == ""
    assert CatalogueEntry.objects.get().ps
    assert "badge ps" in client.get("/katalog/zielony-prog/").content.decode()
    lost(status, date(2026, 11, 1))
    assert not CatalogueEntry.objects.get().ps
    assert "badge ps" not in client.get("/katalog/zielony-prog/").content.decode()


def test_a_loss_needs_a_reason_also_in_the_database(card):
    status, _ = granted(card, date(2024, 3, 1))
    about = {"status_id": status.pk, "actor": None, "now": NOW}
    with pytest.raises(Refused, match="dlaczego"):
        lose_status(lost_on=TODAY, reason=" ", **about)
    with pytest.raises(Refused, match="wcześniejsza"):
        lose_status(lost_on=date(2024, 3, 1), reason="x", **about)
    rows = SocialEnterpriseStatus.objects.filter(pk=status.pk)
    for change in ({"lost_on": TODAY}, {"loss_final_on": TODAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    lost(status, TODAY)
    with pytest.raises(Refused, match="już"):
        lost(status, TODAY)


def test_two_statuses_at_one_time_are_refused(card):
    granted(card, date(2024, 3, 1))
    with pytest.raises(Refused, match="już status"):
        granted(card, date(2025, 3, 1))


@pytest.mark.parametrize(
    ("final", "again", "warned"),
    [
        (None, date(2026, 4, 30), True),
        (None, date(2026, 5, 1), False),
        (date(2025, 8, 1), date(2026, 5, 1), True),
        (date(2025, 8, 1), date(2026, 8, 1), False),
    ],
)
def test_a_new_status_within_a_year_of_the_final_loss_is_warned_of_and_never_refused(card, final, again, warned):
    status, _ = granted(card, date(2024, 3, 1))
    lost(status, date(2025, 5, 1), final_on=final)
    _, warning = granted(card, again)
    assert ("nowego nie nadaje się" in warning) is warned


def test_without_a_row_of_the_law_nothing_is_barred_and_nothing_owed(card):
    TermRule.objects.all().delete()
    status, _ = granted(card, date(2024, 3, 1))
    lost(status, date(2025, 5, 1))
    assert granted(card, date(2025, 5, 2))[1] == ""
    assert draw_up(now=noon(2026, 1, 2)) == 0


def test_the_coordinator_is_warned_when_the_form_is_saved(client, card):
    lost(granted(card, date(2024, 3, 1))[0], date(2026, 5, 1))
    granted(card, date(2026, 6, 1))
    client.force_login(account(Role.COORDINATOR))
    address = reverse("admin:registry_institution_change", args=[card.institution_id])
    form = client.get(address).context["adminform"].form
    given = {name: value for name, value in form.initial.items() if value is not None and not isinstance(value, bool)}
    for number, status in enumerate(SocialEnterpriseStatus.objects.order_by("granted_on")):
        line = {
            "id": status.pk,
            "institution": card.institution_id,
            "granted_on": status.granted_on,
            "lost_on": status.lost_on or "",
            "loss_reason": status.loss_reason,
        }
        given |= {f"ps_statuses-{number}-{name}": value for name, value in line.items()}
    given |= {"ps_statuses-TOTAL_FORMS": 2, "ps_statuses-INITIAL_FORMS": 2}
    page = client.post(address, given, follow=True).content.decode()
    assert "nowego nie nadaje się" in page
    assert "przed 1\xa0maja\xa02027" in page


def test_days_of_the_law_are_counted_to_the_end_of_short_months():
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_after(date(2026, 10, 31), 1) == date(2026, 11, 30)
    assert Terms().report_due(2025) == date(2026, 3, 31)
    TermRule.objects.filter(kind="ps-sprawozdanie").update(number=230)
    assert Terms().report_due(2025) == date(2026, 2, 28)
    with pytest.raises(IntegrityError), transaction.atomic():
        TermRule.objects.filter(kind="ps-sprawozdanie").update(number=1300)


def owed():
    return list(StatusReport.objects.owed().values_list("status__institution", "year", "due_on"))


def test_reports_are_owed_for_years_in_which_the_status_held(card):
    SocialEnterpriseStatusFactory(institution=card.institution, granted_on=date(2024, 3, 1))
    SocialEnterpriseStatusFactory(granted_on=date(2026, 1, 1))
    SocialEnterpriseStatusFactory(granted_on=date(2024, 1, 1), lost_on=date(2025, 12, 1))
    losing = SocialEnterpriseStatusFactory(granted_on=date(2024, 1, 1))
    assert draw_up(now=noon(2026, 1, 2)) == 2
    assert draw_up(now=noon(2026, 3, 2)) == 0
    SocialEnterpriseStatus.objects.filter(pk=losing.pk).update(lost_on=date(2026, 2, 1), loss_reason="x")
    assert owed() == [(card.institution_id, 2025, date(2026, 3, 31))]


@pytest.fixture
def report(card):
    SocialEnterpriseStatusFactory(institution=card.institution)
    draw_up(now=noon(2026, 1, 2))
    return StatusReport.objects.get()


def test_people_of_the_card_are_reminded_twice_until_it_is_sent(card, report):
    account(Role.REPRESENTATIVE, email="ola@example.pl", organisation=card)
    account(Role.REPRESENTATIVE, email="obcy@example.pl", organisation=OrganisationFactory())
    days = [noon(2026, 2, 28), noon(2026, 3, 1), noon(2026, 3, 2), noon(2026, 3, 20), noon(2026, 4, 1)]
    assert [status_reports.remind(now=now) for now in days] == [0, 1, 0, 1, 0]
    letters = OutgoingEmail.objects.filter(template=STATUS_REPORT_DUE)
    assert {letter.to for letter in letters} == {"ola@example.pl"}
    assert "do 31.03.2026" in letters[0].body
    assert "/panel/podmiot/zielony-prog/terminy/" in letters[0].body
    OutgoingEmail.objects.all().delete()
    note_report(report_id=report.pk, sent_on=date(2026, 2, 1), noted_as="koordynator", actor=None, now=NOW)
    assert status_reports.remind(now=noon(2026, 3, 1)) == 0


def test_who_has_ended_owes_no_report_and_is_not_reminded(client, card, report):
    ola = account(Role.REPRESENTATIVE, organisation=card)
    close(organisation_id=card.pk, on=date(2026, 2, 1), reason="likwidacja", actor=None, now=noon(2026, 2, 2))
    assert status_reports.remind(now=noon(2026, 3, 1)) == 0
    client.force_login(ola)
    assert "Sprawozdanie PS za rok" not in client.get("/panel/").content.decode()
    reopen(organisation_id=card.pk, actor=None, now=noon(2026, 3, 1))
    assert status_reports.remind(now=noon(2026, 3, 2)) == 1


@pytest.mark.parametrize("rows", [1, 10])
def test_reminding_asks_the_same_for_one_and_for_many(rows, django_assert_max_num_queries):
    """Besides the letters themselves."""
    for _ in range(rows):
        SocialEnterpriseStatusFactory(institution=OrganisationFactory().institution)
    draw_up(now=noon(2026, 1, 2))
    with django_assert_max_num_queries(6):
        status_reports.remind(now=noon(2026, 3, 1))


def test_a_sent_report_is_noted_on_a_day_that_can_be(report):
    for day, words in ((date(2125, 1, 1), "nie nadszedł"), (date(2025, 12, 31), "dopiero po tym roku")):
        with pytest.raises(Refused, match=words):
            note_report(report_id=report.pk, sent_on=day, noted_as=Verifier.COORDINATOR, actor=None, now=NOW)
    note_report(report_id=report.pk, sent_on=date(2026, 3, 30), noted_as=Verifier.COORDINATOR, actor=None, now=NOW)
    assert owed() == []
    note_report(report_id=report.pk, sent_on=None, noted_as=Verifier.COORDINATOR, actor=None, now=NOW)
    assert len(owed()) == 1


def test_a_representative_notes_it_on_the_page_of_terms(client, card, report):
    ola = account(Role.REPRESENTATIVE, organisation=card)
    client.force_login(ola)
    assert "Sprawozdanie PS za rok 2025" in client.get("/panel/").content.decode()
    address = "/panel/podmiot/zielony-prog/terminy/"
    assert "po terminie" in client.get(address).content.decode()
    faulty = client.post(address, {"sprawozdanie": report.pk, f"{report.pk}-sent_on": "2025-01-01"})
    assert faulty.status_code == 422
    assert "2025-01-01" in faulty.content.decode()
    client.post(address, {"sprawozdanie": report.pk, f"{report.pk}-sent_on": "2026-03-30"})
    report.refresh_from_db()
    assert (report.sent_on, report.noted_as, report.noted_by) == (date(2026, 3, 30), "przedstawiciel", ola)
    other = SocialEnterpriseStatusFactory()
    theirs = StatusReport.objects.create(status=other, year=2025, due_on=date(2026, 3, 31))
    for foreign in (theirs.pk, "999999", "x", "\0", ""):
        answer = client.post(address, {"sprawozdanie": foreign, f"{foreign}-sent_on": "2026-03-30"})
        assert answer.status_code in (400, 404)
    assert StatusReport.objects.get(pk=theirs.pk).sent_on is None


def test_who_has_not_reported_is_a_list_of_the_desk(client, report):
    client.force_login(account(Role.COORDINATOR))
    rows = (
        client.get(reverse("admin:registry_statusreport_changelist") + "?stan=po-terminie").context["cl"].result_list
    )
    assert [row.pk for row in rows] == [report.pk]
    address = reverse("admin:registry_statusreport_change", args=[report.pk])
    client.post(address, {"sent_on": "2026-04-02"})
    report.refresh_from_db()
    assert (report.sent_on, report.noted_as) == (date(2026, 4, 2), "koordynator")


@pytest.fixture
def cis():
    unit = UnitFactory(started_on=date(2021, 12, 1), expires_on=date(2026, 12, 1), name="CIS Most")
    return OrganisationFactory(unit=unit, institution=unit.operator, kind_id="cis", slug="cis-most", published=True)


def test_people_of_a_unit_and_of_its_operator_are_reminded_three_times(cis):
    own = OrganisationFactory(institution=cis.institution)
    ola = account(Role.REPRESENTATIVE, email="ola@example.pl", organisation=own)
    account(Role.REPRESENTATIVE, email="ida@example.pl", organisation=cis)
    days = [
        noon(2026, 5, 31),
        noon(2026, 6, 1),
        noon(2026, 6, 2),
        noon(2026, 9, 1),
        noon(2026, 11, 1),
        noon(2026, 12, 2),
    ]
    assert [unit_terms.remind(now=now) for now in days] == [0, 2, 0, 2, 2, 0]
    letters = OutgoingEmail.objects.filter(template=UNIT_TERM_ENDS)
    assert {letter.to for letter in letters} == {"ola@example.pl", "ida@example.pl"}
    assert letters.filter(user=ola).count() == 3


def test_after_the_end_the_card_says_so_until_a_new_decision(client, cis, monkeypatch):
    type(cis.unit).objects.filter(pk=cis.unit_id).update(expires_on=date(2026, 11, 1))
    assert "był ważny do 1\xa0listopada\xa02026" in client.get("/katalog/cis-most/").content.decode()
    unit = extend_unit(unit_id=cis.unit_id, actor=None, now=NOW)
    assert unit.expires_on == date(2031, 11, 1)
    assert "był ważny do" not in client.get("/katalog/cis-most/").content.decode()
    with pytest.raises(Refused, match="późniejszy"):
        extend_unit(unit_id=cis.unit_id, until=date(2030, 1, 1), actor=None, now=NOW)


def test_the_desk_extends_a_unit_by_the_term_of_the_law_or_to_a_day(client, cis):
    client.force_login(account(Role.COORDINATOR))
    address = reverse("admin:registry_organisation_life", args=[cis.pk])
    assert "Teraz ważny do 1\xa0grudnia\xa02026" in client.get(address).content.decode()
    early = client.post(address, {"krok": "okres", "until": "2026-01-01"})
    assert (early.status_code, "podaj dzień późniejszy" in early.content.decode()) == (422, True)
    assert client.post(address, {"krok": "okres", "until": "jutro"}).status_code == 422
    for until, expected in (("", date(2031, 12, 1)), ("2032-01-31", date(2032, 1, 31))):
        client.post(address, {"krok": "okres", "until": until})
        assert Unit.objects.get(pk=cis.unit_id).expires_on == expected
    other = reverse("admin:registry_organisation_life", args=[OrganisationFactory().pk])
    assert "Przedłuż" not in client.get(other).content.decode()
    assert client.post(other, {"krok": "okres", "until": "2032-01-31"}).status_code == 200


def test_only_of_a_cis_the_next_term_is_known():
    unit = UnitFactory(started_on=date(2021, 12, 1))
    OrganisationFactory(unit=unit, institution=unit.operator, kind_id="zaz")
    with pytest.raises(Refused, match="do kiedy"):
        extend_unit(unit_id=unit.pk, actor=None, now=NOW)


def axis(card, *, full):
    found = timeline.moments(reading.organisation_by_slug(card.slug), today=TODAY, full=full)
    return [(one.on.isoformat(), one.title) for one in found]


def test_the_axis_holds_everything_and_the_public_part_nothing_of_reasons_and_reports(client, card, report):
    status = SocialEnterpriseStatus.objects.get()
    lost(status, date(2026, 6, 1))
    OfferMarkFactory(offer=OfferFactory(organisation=card), number="ZP/2026/001")
    public = [
        ("2026-06-01", "Utracono status przedsiębiorstwa społecznego"),
        ("2026-03-01", "Znak ZP/2026/001: Sprzątanie biur"),
        ("2024-03-01", "Nadano status przedsiębiorstwa społecznego"),
    ]
    assert axis(card, full=False) == public
    more = [
        ("2027-06-01", "Od tego dnia można znów ubiegać się o status PS"),
        ("2026-06-01", "Przyczyna utraty statusu PS"),
        ("2026-03-31", "Termin sprawozdania PS za rok 2025"),
    ]
    assert set(axis(card, full=True)) == {*public, *more}
    page = client.get("/katalog/zielony-prog/").content.decode()
    assert "Utracono status" in page
    assert "na wniosek" not in page.partition("Oś czasu")[2]
    client.force_login(account(Role.REPRESENTATIVE, organisation=card))
    assert "na wniosek" in client.get("/panel/podmiot/zielony-prog/terminy/").content.decode()


def test_other_modules_add_to_the_axis(card, monkeypatch):
    monkeypatch.setattr(timeline, "_sources", [])

    def confirmed(organisation, today):
        yield timeline.Moment(date(2026, 1, 5), "Dane potwierdzono")
        yield timeline.Moment(date(2026, 1, 6), "Telefon do prezesa", is_public=False)

    timeline.contribute(confirmed)
    timeline.contribute(confirmed)
    assert axis(card, full=False) == [("2026-01-05", "Dane potwierdzono")]
    assert len(axis(card, full=True)) == 2
