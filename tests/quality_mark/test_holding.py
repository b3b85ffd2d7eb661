"""The pages of holders and of the office, as people press through them."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.choices import Role
from core.exceptions import Refused
from quality_mark.applying import steps
from quality_mark.applying.content import differences, sections
from quality_mark.choices import ApplicationKind, ApplicationState, MarkState
from quality_mark.models import (
    Agreement,
    Application,
    Licence,
    Mark,
    NumberCounter,
    Review,
    SignDownload,
    SignFile,
)
from quality_mark.use_cases import agreements, licensing, renewing
from quality_mark.use_cases.applying import submit, withdraw
from quality_mark.use_cases.demo_marks import seed_marks
from registry.models import OfferMark
from tests.accounts.factories import account, hold
from tests.quality_mark.factories import NOW, ApplicationFactory, RulebookFactory
from tests.quality_mark.marks import at, granted, holder, marked, offer, renewal

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
PDF = b"%PDF-1.7\nsigned\n%%EOF"


def signed_in(client, person):
    client.force_login(person)
    return client


def test_the_agreement_is_signed_on_its_page_and_then_by_the_office(client):
    one = ApplicationFactory(state=ApplicationState.GRANTED, offer=offer())
    person = account(Role.REPRESENTATIVE, organisation=one.offer.organisation)
    address = f"/panel/znak/{one.pk}/umowa/"
    signed_in(client, person)
    assert "w przygotowaniu" in client.get(address).content.decode()
    agreements.prepare(application_id=one.pk, now=NOW)
    empty = client.post(address, {"declare": "1", "declare-signed_name": "Anna"})
    assert empty.status_code == 422
    assert 'value="Anna"' in empty.content.decode()
    wrong = client.post(address, {"copy-files": SimpleUploadedFile("a.exe", b"MZ\x90")})
    assert (wrong.status_code, "nie jest tym" in wrong.content.decode()) == (422, True)
    given = {"declare": "1", "declare-signed_name": "Anna Lis, prezeska", "declare-agreed": "on"}
    assert client.post(address, given).status_code == 302
    assert Agreement.objects.get().signed_name == "Anna Lis, prezeska"
    signed_in(client, account(Role.COORDINATOR))
    assert one.number in client.get("/panel/znak/umowy/").content.decode()
    assert client.post(f"/panel/znak/umowy/{one.pk}/", {"note": ""}).status_code == 302
    assert Mark.objects.get().number == one.number
    signed_in(client, person)
    page = client.get(f"/panel/znak/znaki/{Mark.objects.get().pk}/").content.decode()
    assert "certyfikat powstaje" in page
    assert "&lt;a href=" in page


def test_the_office_is_told_in_the_form_what_stands_in_the_way(client):
    one = ApplicationFactory(state=ApplicationState.GRANTED, offer=offer())
    agreements.prepare(application_id=one.pk, now=NOW)
    signed_in(client, account(Role.COORDINATOR))
    page = client.post(f"/panel/znak/umowy/{one.pk}/", {})
    assert (page.status_code, "nie podpisał" in page.content.decode()) == (422, True)


def test_the_pack_is_for_holders_of_a_valid_mark_only_and_each_time_is_written_down(client):
    mark = marked()
    signed_in(client, holder(mark))
    address = f"/panel/znak/znaki/{mark.pk}/pliki/"
    taken = client.post(address)
    names = zipfile.ZipFile(io.BytesIO(taken.content)).namelist()
    assert names == ["znak-zastepczy.svg"]
    assert taken.headers["Cache-Control"] == "private, no-store"
    assert client.get(address).status_code == 302
    assert SignDownload.objects.count() == 1
    Mark.objects.update(state=MarkState.SUSPENDED, since=date(2026, 11, 1))
    assert client.post(address).status_code == 302
    assert SignDownload.objects.count() == 1


def test_files_of_the_owner_take_the_place_of_ours(client):
    mark = marked()
    signed_in(client, account(Role.COORDINATOR))
    address, svg = "/panel/znak/pliki-znaku/", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>"
    for name, content in (("a.svg", b"<svg><script>1</script></svg>"), ("a.exe", b"MZ"), ("a.pdf", svg)):
        assert client.post(address, {"title": "x", "file": SimpleUploadedFile(name, content)}).status_code == 422
    given = {"title": "Znak kolorowy", "file": SimpleUploadedFile("z.svg", svg)}
    assert client.post(address, given).status_code == 302
    person = holder(mark)
    signed_in(client, person)
    taken = client.post(f"/panel/znak/znaki/{mark.pk}/pliki/")
    assert zipfile.ZipFile(io.BytesIO(taken.content)).namelist() == ["01-znak-kolorowy.svg"]
    signed_in(client, account(Role.COORDINATOR, email="drugi@example.pl"))
    client.post(address, {"usun": SignFile.objects.get().pk})
    assert SignFile.objects.get().removed_at


def test_strangers_see_nothing_of_a_mark(client):
    mark = marked()
    signed_in(client, account(Role.REPRESENTATIVE))
    for page in ("", "przedluzenie/", "pliki/", "wyjasnienia/", "skarga/"):
        assert client.post(f"/panel/znak/znaki/{mark.pk}/{page}").status_code in (404, 405)
    assert not SignDownload.objects.exists()


@pytest.fixture
def ending():
    """A mark in its last sixty days, of somebody who has told much the last time."""
    mark = marked(date(2026, 1, 1))
    money = {"year1": "2024", "total1": "100", "own1": "50", "year2": "2023", "total2": "90", "own2": "40"}
    said = {steps.OFFER: {"product": "Sprzątamy."}, steps.MONEY: money, steps.DECLARATIONS: {"true": "on"}}
    Application.objects.update(answers=said)
    return mark


def test_a_renewal_begins_with_what_was_said_the_last_time(client, ending):
    signed_in(client, holder(ending))
    begun = client.post(f"/panel/znak/znaki/{ending.pk}/przedluzenie/")
    draft = Application.objects.get(kind=ApplicationKind.RENEWAL)
    assert begun.headers["Location"] == f"/panel/znak/{draft.pk}/krok/zmiany/"
    assert client.post(f"/panel/znak/znaki/{ending.pk}/przedluzenie/").headers["Location"].endswith("/zmiany/")
    assert draft.answers[steps.OFFER] == {"product": "Sprzątamy."}
    assert steps.DECLARATIONS not in draft.answers
    money = draft.answers[steps.MONEY]
    assert (money["year1"], money["total1"], money["year2"], money["own2"]) == ("2025", "", "2024", "50")
    page = client.get(f"/panel/znak/{draft.pk}/krok/zmiany/").content.decode()
    assert "Co się zmieniło" in page
    assert "Rekomendacje" not in page
    assert "Sprzątamy." in client.get(f"/panel/znak/{draft.pk}/krok/oferta/").content.decode()
    assert client.get(f"/panel/znak/{draft.pk}/rekomendacje/").status_code == 404
    assert Application.objects.count() == 2


def test_a_renewal_says_what_is_not_as_it_was(ending):
    draft = renewing.begin(mark_id=ending.pk, actor=holder(ending), now=NOW)
    told = dict(differences(draft))
    assert told["Przychody: Ostatni zamknięty okres: rok"] == "poprzednio: 2024"
    assert "Produkt lub usługa: Co podmiot sprzedaje i komu" not in told
    draft.answers = ending.licences.get().application.answers
    assert differences(draft) == [("Oferta, cel, przychody, ankieta", "odpowiedzi takie same jak poprzednio")]
    assert differences(ending.licences.get().application) == []
    assert "Różnice od poprzedniego wniosku" in dict(sections(draft))


def test_a_renewal_needs_no_intake_and_moves_the_mark_with_it(ending):
    person = holder(ending)
    draft = renewing.begin(mark_id=ending.pk, actor=person, now=NOW)
    NumberCounter.objects.create(year=2026, last=1)
    submit(application_id=draft.pk, gaps=lambda _: [], actor=person, now=NOW)
    assert Mark.objects.get().state == MarkState.RENEWAL_SUBMITTED
    withdraw(application_id=draft.pk, actor=person, now=NOW)
    assert Mark.objects.get().state == MarkState.RENEWAL_OPEN
    assert list(ending.steps.values_list("name", flat=True)) == ["file_renewal", "drop_renewal"]


def test_a_renewal_filed_after_the_end_is_refused(ending):
    person = holder(ending)
    draft = renewing.begin(mark_id=ending.pk, actor=person, now=NOW)
    with pytest.raises(Refused, match="już wygasł"):
        submit(application_id=draft.pk, gaps=lambda _: [], actor=person, now=at(2027, 1, 1, 0, 0, 1))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"state": MarkState.REVOKED}, "odebrany"),
        ({"valid_until": date(2026, 11, 22)}, "już wygasł"),
        ({"valid_until": date(2027, 3, 1)}, "od 31.grudnia.2026"),
    ],
)
def test_a_renewal_that_cannot_be_is_refused_with_the_reason(ending, change, why):
    Mark.objects.update(**change)
    if "valid_until" in change:
        ending.licences.update(**change)
    with pytest.raises(Refused, match=why):
        renewing.begin(mark_id=ending.pk, actor=holder(ending), now=NOW)


def test_an_offer_that_was_removed_is_not_renewed(ending):
    ending.offer.removed_at = NOW
    ending.offer.save()
    with pytest.raises(Refused, match="nie ma już w katalogu"):
        renewing.begin(mark_id=ending.pk, actor=holder(ending), now=NOW)


def test_the_director_presses_through_a_suspension_to_a_revocation(client):
    mark = marked()
    desk = f"/panel/znak/nadzor/{mark.pk}/"
    signed_in(client, account(Role.DIRECTOR))
    page = client.post(f"{desk}krok/suspend/", {"reason": ""})
    assert (page.status_code, "Podaj powód" in page.content.decode()) == (422, True)
    assert client.post(f"{desk}krok/suspend/", {"reason": "Kontrola."}).headers["Location"] == desk
    why = {"reason": "x", "public_note": "y", "ground": "naduzycie"}
    early = client.post(f"{desk}krok/revoke/", why)
    assert (early.status_code, "czas na wyjaśnienia" in early.content.decode()) == (422, True)
    assert client.post(f"{desk}krok/resume/", {}).status_code == 302
    assert client.post(f"{desk}krok/revoke/", why | {"ground": "kaprys"}).status_code == 422
    wished = {"ground": "na-wniosek", "public_note": "Publicznie."}
    assert client.post(f"{desk}krok/revoke/", wished | {"reason": "x" * 4001}).status_code == 422
    assert client.post(f"{desk}krok/revoke/", wished | {"reason": "x"}).status_code == 302
    assert "Publicznie." in client.get(desk).content.decode()
    assert client.get(f"{desk}krok/expire/").status_code == 404


def test_a_director_of_the_own_organisation_is_told_so_and_gets_no_button(client):
    mark, person = marked(), account(Role.DIRECTOR)
    hold(person, Role.REPRESENTATIVE, organisation=mark.offer.organisation)
    signed_in(client, person)
    page = client.get(f"/panel/znak/nadzor/{mark.pk}/").content.decode()
    assert "w którego imieniu" in page
    assert "krok/revoke" not in page
    done = client.post(
        f"/panel/znak/nadzor/{mark.pk}/krok/revoke/", {"reason": "x", "public_note": "y", "ground": "dane"}
    )
    assert (done.status_code, Mark.objects.get().state) == (422, MarkState.ACTIVE)


def test_a_review_with_objections_says_which(client):
    mark = marked()
    signed_in(client, account(Role.COORDINATOR))
    assert mark.number in client.get("/panel/znak/nadzor/").content.decode()
    assert client.post(f"/panel/znak/nadzor/{mark.pk}/przeglad/", {}).status_code == 422
    assert client.post(f"/panel/znak/nadzor/{mark.pk}/przeglad/", {"is_good": "on"}).status_code == 302
    assert Review.objects.get().is_good


@pytest.mark.parametrize("count", [1, 30])
def test_lists_of_the_office_ask_as_often_for_thirty_as_for_one(client, count, django_assert_num_queries):
    for _ in range(count):
        marked()
        ApplicationFactory(state=ApplicationState.GRANTED, number=f"ZP/2025/{Application.objects.count() + 100}")
    signed_in(client, account(Role.COORDINATOR))
    for address, queries in (("/panel/znak/nadzor/", 14), ("/panel/znak/umowy/", 6), ("/panel/znak/statystyki/", 12)):
        client.get(address)
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_certificates_are_made_at_once_with_progress(client, at_once):
    licensing.countersign(application_id=granted().pk, actor=account(Role.COORDINATOR), now=NOW)
    signed_in(client, account(Role.COORDINATOR, email="k2@example.pl"))
    assert client.post("/panel/znak/umowy/certyfikaty/").headers["Location"].startswith("/panel/praca/")


def test_the_demo_gives_each_badge_of_the_catalogue_its_mark():
    RulebookFactory()
    for year in (2025, 2026):
        OfferMark.objects.create(
            offer=offer(), number=f"ZP/{year}/P1", granted_on=date(year, 1, 1), valid_until=date(year, 12, 31)
        )
    assert seed_marks(seed=1, now=NOW) == "Znaki: 2."
    assert seed_marks(seed=1, now=NOW) == "Znaki: 0."
    assert set(Mark.objects.values_list("number", "state")) == {
        ("ZP/2025/001", MarkState.EXPIRED), ("ZP/2026/001", MarkState.ACTIVE),
    }  # fmt: skip
    assert Licence.objects.count() == 2
    assert renewal(Mark.objects.first()).mark
