"""The register, its files, the verification and the badge: for everybody, with the same facts."""

import csv
import io
import json
from datetime import date

import pytest
from django.test import Client

from accounts.choices import Role
from core.exceptions import Refused
from quality_mark.choices import Ground
from quality_mark.models import Mark, MisuseReport
from quality_mark.use_cases import supervision
from registry.models import Institution, Offer, Organisation
from registry.use_cases import catalogue
from registry.use_cases.merging import merge
from registry.use_cases.organisations import remove
from registry.use_cases.renaming import rename
from tests.accounts.factories import account
from tests.core.guarded import in_time
from tests.quality_mark.factories import NOW
from tests.quality_mark.marks import marked, offer
from tests.registry.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
REGISTER, CHECK = "/znak/rejestr/", "/znak/weryfikacja/"
PROMISED = "number, organisation, offer, category, powiat, granted_on, valid_until, status".split(", ")


@pytest.fixture
def mark():
    return marked(number="ZP/2026/007")


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def revoke(mark):
    head = account(Role.DIRECTOR, email="dyrektor2@example.pl")
    given = {"reason": "x", "public_note": "Odebrany po kontroli.", "ground": Ground.REQUEST}
    supervision.revoke(mark_id=mark.pk, **given, actor=head, now=NOW)


def test_the_files_of_the_register_keep_what_was_promised(client, mark):
    told = list(csv.DictReader(io.StringIO(read(client, f"{REGISTER}eksport.csv"))))
    assert list(told[0])[:8] == PROMISED
    expected = {
        "number": "ZP/2026/007", "organisation": mark.offer.organisation.party.name, "offer": "Sprzątanie biur",
        "category": "sprzątanie i czystość", "powiat": "Wrocław", "granted_on": "2026-03-01",
        "valid_until": "2027-02-28", "status": "wazny",
    }  # fmt: skip
    expected["category"] = str(mark.offer.category)
    assert {name: told[0][name] for name in PROMISED} == expected
    [line] = json.loads(read(client, f"{REGISTER}eksport.json"))
    assert list(line)[:8] == PROMISED
    assert {"checked_at", "history"} <= set(line)


def test_the_filters_mean_all_of_them_and_any_of_one(client, mark):
    other = marked(number="ZP/2026/008", offer=offer(name="Catering", category_id="catering"))
    revoke(other)
    for query, numbers in {
        "": {"007", "008"},
        "?q=sprzatanie": {"007"},
        "?q=zp/2026/008": {"008"},
        "?category=catering&category=sprzatanie": {"007", "008"},
        "?category=catering&status=wazny": set(),
        "?status=odebrany": {"008"},
        "?powiat=0264": {"007", "008"},
    }.items():
        lines = json.loads(read(client, f"{REGISTER}eksport.json{query}"))
        assert {line["number"][-3:] for line in lines} == numbers, query
        assert f'value="{len(numbers)}"' in read(client, f"{REGISTER}{query}")


@pytest.mark.parametrize("query", ["?status=x", "?powiat=9999", "?category=nie-ma", f"?q={'a' * 10_000}"])
def test_an_unknown_value_finds_nothing_and_is_named(client, mark, query):
    page = read(client, REGISTER + query)
    assert 'id="result-count" value="0"' in page
    assert "Nie można tak szukać" in page
    assert client.get(f"{REGISTER}eksport.csv{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["?q=%EF%BF%BD", "?page=99999999999999999999", "?q=%25%27%22--", "?q=" + "%F0%9F%98%80" * 20]
)
def test_whatever_is_typed_is_an_answer(client, mark, query):
    assert client.get(REGISTER + query).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_the_register_asks_as_often_for_thirty_marks_as_for_one(client, count, django_assert_num_queries):
    for number in range(count):
        marked(number=f"ZP/2026/{number + 100}")
    client.get(REGISTER)
    with django_assert_num_queries(12):
        client.get(REGISTER)
    with django_assert_num_queries(8):
        client.get(f"{REGISTER}eksport.csv")


def test_the_verification_asks_once_however_it_is_answered(mark, django_assert_num_queries):
    visitor = Client()
    for address in (f"{CHECK}ZP-2026-007/", f"{CHECK}ZP-2026-007.json", f"{CHECK}ZP-2026-007/znaczek.svg"):
        etag = visitor.get(address).headers["ETag"]
        for headers, status in (({}, 200), ({"If-None-Match": etag}, 304)):
            with django_assert_num_queries(1):
                assert visitor.get(address, headers=headers).status_code == status


def test_the_page_of_one_mark_does_not_hang_on_others(mark):
    visitor, address = Client(), f"{CHECK}ZP-2026-007/"
    etag = visitor.get(address).headers["ETag"]
    revoke(marked(number="ZP/2026/008"))
    assert visitor.get(address, headers={"If-None-Match": etag}).status_code == 304
    assert visitor.get(REGISTER).headers["ETag"] != etag


def test_a_nul_is_no_number(client, mark):
    for address in (f"{REGISTER}?q=%00", f"{CHECK}ZP-2026-007%00/", f"{CHECK}ZP-2026-007/?dzien=%00"):
        assert client.get(address).status_code == 400


def test_the_verification_says_how_it_stands_and_whose_it_is(client, mark):
    page = read(client, f"{CHECK}ZP-2026-007/")
    assert "Ważny od" in page
    assert mark.offer.organisation.party.name in page
    assert "application/ld+json" in page
    told = json.loads(read(client, f"{CHECK}ZP-2026-007.json"))
    assert list(told)[:8] == PROMISED
    assert (told["status"], told["valid_until"]) == ("wazny", "2027-02-28")
    assert told["history"][0] == {"on": "2026-03-01", "what": "znak przyznany", "until": "2027-02-28"}
    assert told["checked_at"].startswith("2026-11-23T12:00")


@pytest.mark.parametrize(
    ("day", "status"),
    [("2026-02-28", ""), ("2026-03-01", "wazny"), ("2026-11-23", "odebrany"), ("2027-12-01", "odebrany")],
)
def test_another_day_has_its_own_answer(client, mark, day, status):
    revoke(mark)
    assert json.loads(read(client, f"{CHECK}ZP-2026-007.json?dzien={day}"))["status"] == status
    assert read(client, f"{CHECK}ZP-2026-007/?dzien={day}")


@pytest.mark.parametrize("day", ["wczoraj", "2026-02-30", "9" * 5000, "2026-W01-1"])
def test_a_day_that_is_none_is_told_beside_the_field(client, mark, day):
    assert "Podaj dzień" in read(client, f"{CHECK}ZP-2026-007/?dzien={day}", 422)
    assert client.get(f"{CHECK}ZP-2026-007.json?dzien={day}").status_code == 400


@pytest.mark.parametrize("number", ["ZP-2026-999", "x" * 3000, "%3Cscript%3E", "ZP-2026-٠٠٧", "--"])
def test_a_forged_number_shows_how_to_tell_a_forgery(client, mark, number):
    page = read(client, f"{CHECK}{number}/", 404)
    assert "Jak poznać podrobiony znak" in page
    assert 'name="numer"' in page
    assert "<script>" not in page.replace("<script type", "")
    assert client.get(f"{CHECK}{number}.json").status_code == 404
    assert client.get(f"{CHECK}{number}/znaczek.svg").status_code == 404


def test_a_number_is_found_as_people_type_it(client, mark):
    for typed in ("zp/2026/007", " ZP - 2026 - 007 ", "ZP-2026-007", "zp 2026 7", "ZP2026007", "ZP.2026.007"):
        response = client.get(CHECK, {"numer": typed})
        assert (response.status_code, response.headers["Location"]) == (302, f"{CHECK}ZP-2026-007/")
    assert client.get(f"{CHECK}zp-2026-007/").headers["Location"] == f"{CHECK}ZP-2026-007/"
    assert "Jak poznać" in read(client, f"{CHECK}?numer=ZP/1/1", 404)


def test_the_page_is_kept_until_something_about_the_mark_changes(mark):
    visitor, address = Client(), f"{CHECK}ZP-2026-007/"
    etag = visitor.get(address).headers["ETag"]
    assert visitor.get(address, headers={"If-None-Match": etag}).status_code == 304
    revoke(mark)
    changed = visitor.get(address, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert "Odebrany po kontroli." in changed.content.decode()
    for address in (f"{CHECK}ZP-2026-007.json", f"{CHECK}ZP-2026-007/znaczek.svg", REGISTER, f"{REGISTER}eksport.csv"):
        assert visitor.get(address).headers["ETag"]


def test_the_badge_turns_grey_when_the_mark_ends(client, mark, time_machine):
    svg = read(client, f"{CHECK}ZP-2026-007/znaczek.svg")
    assert "#eaa43c" in svg
    assert "ważny do 28.02.2027" in svg
    assert "script" not in svg
    time_machine.move_to("2027-03-01T00:00:01+01:00")
    svg = read(client, f"{CHECK}ZP-2026-007/znaczek.svg")
    assert "#eaa43c" not in svg
    assert "wygasł" in svg


def test_a_mark_goes_with_its_offer_when_cards_are_merged(client, mark):
    keep = OrganisationFactory(published=True, institution__name="Spółdzielnia Nowa")
    merge(keep_id=keep.pk, drop_id=mark.offer.organisation_id, now=NOW)
    page = read(client, f"{CHECK}ZP-2026-007/")
    assert "Spółdzielnia Nowa" in page
    assert keep.get_absolute_url() in page


def test_a_new_name_is_shown_beside_the_one_of_the_grant(client, mark):
    application = mark.licences.get().application
    application.applicant = {"name": "Stara Nazwa"}
    application.save()
    etag = Client().get(f"{CHECK}ZP-2026-007/").headers["ETag"]
    institution = mark.offer.organisation.institution
    Institution.objects.filter(pk=institution.pk).update(name="Nowa Nazwa")
    catalogue.refresh([mark.offer.organisation_id], now=NOW)
    page = read(client, f"{CHECK}ZP-2026-007/")
    assert "Nowa Nazwa" in page
    assert "gdy przyznano znak: Stara Nazwa" in page
    assert Client().get(f"{CHECK}ZP-2026-007/", headers={"If-None-Match": etag}).status_code == 200


def test_who_closes_keeps_its_line_in_the_register_without_a_card(client, mark):
    organisation = mark.offer.organisation
    with pytest.raises(Refused, match="ma ważny znak"):
        remove(organisation_id=organisation.pk, now=NOW)
    revoke(mark)
    remove(organisation_id=organisation.pk, now=NOW)
    page = read(client, f"{CHECK}ZP-2026-007/")
    assert organisation.party.name in page
    assert f'href="{organisation.get_absolute_url()}"' not in page
    assert "ZP/2026/007" in read(client, REGISTER)


def test_a_mark_of_a_removed_offer_can_still_be_taken_away(client, mark):
    Offer.objects.update(removed_at=NOW)
    revoke(mark)
    assert json.loads(read(client, f"{CHECK}ZP-2026-007.json"))["status"] == "odebrany"


def test_the_page_of_the_mark_leads_to_everything(client, mark):
    page = read(client, "/znak/")
    for address in (REGISTER, CHECK, "/znak/zglos-naduzycie/", "/panel/znak/"):
        assert f'href="{address}"' in page
    assert "/znak/weryfikacja/ZP-2026-007/" in read(client, "/sitemap-znaki.xml")


def test_anybody_reports_misuse_five_times_an_hour(client, mark):
    given = {"number": "ZP/2026/007", "place": "sklep", "message": "Naklejka na wszystkim."}
    for number in range(5):
        told = given | {"message": f"{given['message']} Sztuk: {number}."}
        assert client.post("/znak/zglos-naduzycie/", in_time("mark-misuse", told)).status_code == 302
    assert client.post("/znak/zglos-naduzycie/", in_time("mark-misuse", given)).status_code == 429
    assert MisuseReport.objects.filter(mark=mark).count() == 5


def test_machines_and_empty_reports_leave_nothing(client):
    given = {"place": "sklep", "message": "x"}
    assert client.post("/znak/zglos-naduzycie/", given | {"website": "http://x"}).status_code == 302
    page = client.post("/znak/zglos-naduzycie/", in_time("mark-misuse", {"place": "tu", "email": "zły"}))
    assert page.status_code == 422
    assert "Napisz, co się dzieje." in page.content.decode()
    assert 'value="tu"' in page.content.decode()
    for text in ("\0", "x" * 10_000):
        assert client.post(
            "/znak/zglos-naduzycie/", in_time("mark-misuse", given | {"message": text})
        ).status_code in (302, 422)
    assert not MisuseReport.objects.exclude(message="x").exists()


def test_nothing_of_a_draft_or_of_people_is_told(client, mark):
    page = read(client, f"{CHECK}ZP-2026-007/")
    assert "@" not in page.split("<main")[1].split("</main")[0]
    assert Mark.objects.count() == Organisation.objects.count() == 1
    assert date(2026, 3, 1) == mark.since


def test_more_values_than_are_looked_at_are_refused_and_not_cut_off(client, mark):
    assert "najwyżej 60" in read(client, f"{REGISTER}eksport.csv?{'powiat=0264&' * 61}", 400)
    assert mark.number in read(client, f"{REGISTER}eksport.csv?{'powiat=0264&' * 60}")


def test_addresses_of_the_past_lead_to_the_marks_of_the_card_of_today(client):
    mark = marked()
    old, kept, last = mark.offer.organisation, *(OrganisationFactory(published=True) for _ in range(2))
    rename(organisation_id=old.pk, slug="nowy-adres", actor=None, now=NOW)
    merge(keep_id=kept.pk, drop_id=old.pk, now=NOW)
    merge(keep_id=last.pk, drop_id=kept.pk, now=NOW)
    for gone in (old, kept):
        answer = client.get(f"/znak/podmiot/{gone.pk}/")
        assert (answer.status_code, answer["Location"]) == (301, f"/znak/podmiot/{last.pk}/")
    for slug in (old.slug, "nowy-adres", "NOWY-ADRES", kept.slug, last.slug):
        assert mark.number in client.get(f"/znak/rejestr/?podmiot={slug}").content.decode()
    assert "nie ma wartości" in client.get("/znak/rejestr/?podmiot=niczyj").content.decode()
