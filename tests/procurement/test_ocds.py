"""What is told of a contracting process, and that it is told rightly (tests.procurement.ocds)."""

import csv
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from ocdsmerge.rules import get_merge_rules

from core import personal_data
from procurement.choices import Kept, NoticeState, Outcome, UpdateKind
from procurement.models import Award, ClauseKind, NoticePart, OrderingUnit, PlanPosition, Release
from procurement.ocds.merge_rules import MERGE_RULES
from tests.procurement.factories import PlanItemFactory, PlanVersionFactory, published
from tests.procurement.ocds import FILES, assert_valid, read, release_schema
from tests.procurement.orders import clause, concluded, notice, plan_item, refresh
from tests.registry.factories import InstitutionFactory

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 3, 1, 9, tzinfo=UTC)


def package(client, address="/zamowienia/ocds/releases.json"):
    response = client.get(address)
    assert response.status_code == 200
    return json.loads(b"".join(response.streaming_content))


def releases(client):
    found = package(client)
    assert_valid(found, "release")
    return found["releases"]


def record(client, ocid):
    found = package(client, f"/zamowienia/ocds/{ocid}.json")
    assert_valid(found, "record")
    (only,) = found["records"]
    return only


@pytest.fixture
def whole():
    """A position of a plan, changed once, bought by a unit in two parts, given away, signed and reported."""
    item = plan_item(clauses=["art96", "art94"], cpv=["90910000", "90919200"], remarks="Podział na części", parts=2)
    plan = item.version.plan
    second = PlanVersionFactory(plan=plan)
    changed = PlanItemFactory(
        version=second, position=item.position, value=Decimal(200000), update_kind=UpdateKind.CHANGED, cpv=["90910000"]
    )
    published(second)
    refresh()
    made = notice(
        posting=_of(item.position),
        position=item.position,
        authority=plan.authority,
        unit=OrderingUnit.objects.create(authority=plan.authority, name="Zespół Szkół nr 1"),
        cpv=["90910000", "90919200"],
        value=Decimal(190000),
        price_weight=60,
        deadline_at=LATER,
        performed_from=date(2027, 4, 1),
        performed_until=date(2028, 3, 31),
        bzp_number="2027/BZP 00012345/01",
        url="https://zamowienia.example/1",
        published_at=LATER - timedelta(days=20),
    )
    clause(notice=made, code="art94", groups=["bezrobotni", "bezdomni"], percent=Decimal(30))
    clause(notice=made, code="art96", groups=["bezrobotni"], people=2, months=12, control="oświadczenie")
    for number in (1, 2):
        NoticePart.objects.create(notice=made, number=number, subject=f"Część {number}", value=Decimal(95000))
    refresh(LATER - timedelta(days=20))
    return {"item": item, "changed": changed, "notice": made}


def _of(position):
    from procurement.models import Posting

    return Posting.objects.create(ocid=position.posting.ocid)


def finish(made):
    first, second = made.parts.all()
    supplier = InstitutionFactory(name="Spółdzielnia Socjalna Żuraw")
    won = concluded(
        made, part=first, supplier=supplier, supplier_name=supplier.name, was_pes=True, was_ps=None, people_planned=2,
        contract_on=date(2027, 3, 20), contract_until=date(2028, 3, 31), decided_on=date(2027, 3, 10),
    )  # fmt: skip
    Award.objects.create(
        notice=made, part=second, outcome=Outcome.ANNULLED, reason="Nie złożono ofert.", decided_on=date(2027, 3, 10)
    )
    refresh(LATER + timedelta(days=20))
    won.reports.create(reported_on=date(2027, 9, 30), people_employed=2, months=6, kept=Kept.YES)
    refresh(LATER + timedelta(days=210))
    return won


def test_the_whole_life_of_an_order_is_told_in_order(client, whole):
    finish(whole["notice"])
    told = releases(client)
    assert [one["tag"] for one in told] == [
        ["planning"], ["planningUpdate"], ["tender"], ["tenderUpdate"], ["award"], ["contract"], ["implementation"],
    ]  # fmt: skip
    assert {one["ocid"] for one in told} == {whole["notice"].posting.ocid}
    assert len({one["id"] for one in told}) == 7


def test_a_plan_tells_what_stands_in_it(client, whole):
    planning = releases(client)[0]
    assert planning["planning"]["planItem"] == {
        "position": "1.3.1",
        "year": 2027,
        "planVersion": 1,
        "expectedStart": "2027-04-01T00:00:00+02:00",
        "expectedStartPrecision": "quarter",
        "numberOfLots": 2,
    }
    assert planning["planning"]["budget"]["amount"]["amount"] == 180000
    tender = planning["tender"]
    assert (tender["status"], tender["mainProcurementCategory"]) == ("planned", "services")
    (item,) = tender["items"]
    assert item["classification"]["id"] == "90910000"
    assert [one["id"] for one in item["additionalClassifications"]] == ["90919200"]


def test_an_older_version_is_told_as_it_was(client, whole):
    first, second = releases(client)[:2]
    assert first["planning"]["budget"]["amount"]["amount"] == 180000
    assert second["planning"]["budget"]["amount"]["amount"] == 200000
    assert second["planning"]["planItem"]["update"] == "changed"


def test_parties_are_known_by_their_numbers(client, whole):
    won = finish(whole["notice"])
    award = next(one for one in releases(client) if one["tag"] == ["award"])
    parties = {party["id"]: party for party in award["parties"]}
    supplier = parties[f"PL-NIP-{won.supplier.nip}"]
    assert supplier["roles"] == ["supplier"]
    assert supplier["identifier"] == {"scheme": "PL-NIP", "id": won.supplier.nip, "legalName": won.supplier_name}
    assert [one["scheme"] for one in supplier["additionalIdentifiers"]] == ["PL-KRS", "PL-REGON"]
    roles = sorted(role for party in award["parties"] for role in party["roles"])
    assert roles == ["buyer", "procuringEntity", "supplier"]


def test_clauses_are_told_by_both_extensions(client, whole):
    tender = next(one for one in releases(client) if one["tag"] == ["tender"])["tender"]
    assert tender["hasSustainability"] is True
    assert tender["sustainability"] == [
        {
            "goal": "social.disadvantagedEmploymentOpportunities",
            "strategies": ["reservedParticipation", "contractPerformanceConditions"],
        }
    ]
    reserved, employment = tender["socialClauses"]
    assert (reserved["legalBasis"], reserved["minimumShare"]) == ("art. 94 PZP", 30)
    assert (employment["numberOfPeople"], employment["durationInMonths"]) == (2, 12)


def test_the_codes_of_clauses_stand_in_the_published_lists():
    for field, name in (("ocds_strategy", "Strategy"), ("ocds_goal", "Goal")):
        with (FILES / "sustainability" / "codelists" / f"sustainability{name}.csv").open(encoding="utf-8") as lines:
            known = {row["Code"] for row in csv.DictReader(lines)}
        assert set(ClauseKind.objects.exclude(**{field: ""}).values_list(field, flat=True)) <= known


def test_a_record_is_what_all_releases_come_to(client, whole):
    finish(whole["notice"])
    only = record(client, whole["notice"].posting.ocid)
    assert len(only["releases"]) == 7
    compiled = only["compiledRelease"]
    assert compiled["tag"] == ["compiled"]
    assert compiled["tender"]["status"] == "complete"
    assert compiled["planning"]["budget"]["amount"]["amount"] == 200000
    assert [award["status"] for award in compiled["awards"]] == ["active", "unsuccessful"]
    assert compiled["awards"][0]["socialEconomy"] == {"isSocialEconomyEntity": True, "peopleToEmploy": 2}
    (contract,) = compiled["contracts"]
    assert contract["dateSigned"] == "2027-03-20T00:00:00+01:00"
    (report,) = contract["implementation"]["socialReports"]
    assert (report["peopleEmployed"], report["kept"], report["isFinal"]) == (2, "yes", False)


def test_a_record_keeps_nothing_that_a_correction_has_taken_away(client):
    made = notice(clauses=["art95"], value=Decimal(190000))
    won = concluded(made, contract_on=date(2027, 1, 4), supplier_name="Pomylona")
    refresh()
    won.supplier_name = "Właściwa"
    won.save()
    made.clauses.all().delete()
    made.value = None
    made.save()
    refresh(LATER)
    compiled = record(client, made.posting.ocid)["compiledRelease"]
    assert [one["name"] for one in compiled["awards"][0]["suppliers"]] == ["Właściwa"]
    assert [one["name"] for one in compiled["parties"] if "supplier" in one["roles"]] == ["Właściwa"]
    assert compiled["tender"]["hasSustainability"] is False
    assert not {"sustainability", "socialClauses", "value"} & compiled["tender"].keys()
    assert compiled["date"] == "2027-03-01T10:00:00+01:00"


def test_a_contract_of_an_order_annulled_since_is_told_as_cancelled(client):
    made = notice()
    won = concluded(made, contract_on=date(2027, 1, 4))
    refresh()
    won.outcome, won.reason, won.contract_on, won.value = Outcome.ANNULLED, "Odstąpiono.", None, None
    won.supplier_name = ""
    won.save()
    refresh(LATER)
    refresh(LATER + timedelta(days=1))
    assert [one["tag"] for one in releases(client)] == [
        ["tender"], ["award"], ["contract"], ["tenderUpdate"], ["awardUpdate"], ["contractUpdate"]
    ]  # fmt: skip
    compiled = record(client, made.posting.ocid)["compiledRelease"]
    assert [one["status"] for one in compiled["contracts"]] == ["cancelled"]
    assert [one.keys() & {"suppliers", "value"} for one in compiled["awards"]] == [set()]


def test_a_notice_says_more_than_a_plan_that_was_changed_after_it(client):
    item = plan_item(clauses=["art96"])
    made = notice(posting=_of(item.position), position=item.position, authority=item.version.plan.authority)
    refresh()
    second = PlanVersionFactory(plan=item.version.plan)
    PlanItemFactory(version=second, position=item.position, subject="Inaczej", update_kind=UpdateKind.CHANGED)
    published(second)
    refresh(LATER)
    tender = record(client, made.posting.ocid)["compiledRelease"]["tender"]
    assert (tender["status"], tender["title"]) == ("active", made.subject)
    assert "socialClauses" not in tender


def test_records_come_as_packages(client, whole):
    notice(subject="Inne zamówienie")
    refresh()
    found = package(client, "/zamowienia/ocds/records.json")
    assert_valid(found, "record")
    assert len(found["records"]) == 2


def test_a_correction_is_told_and_what_was_told_stays(client):
    made = notice(subject="Obiady")
    refresh()
    made.subject = "Obiady i podwieczorki"
    made.save()
    refresh(LATER)
    refresh(LATER + timedelta(days=1))
    first, second = releases(client)
    assert (first["tag"], first["tender"]["title"]) == (["tender"], "Obiady")
    assert (second["tag"], second["tender"]["title"]) == (["tenderUpdate"], "Obiady i podwieczorki")
    assert second["date"] == "2027-03-01T10:00:00+01:00"


def test_a_withdrawn_notice_leaves_only_that_it_was_withdrawn(client):
    made = notice(subject="Pomyłka")
    refresh()
    made.state = NoticeState.WITHDRAWN
    made.save()
    refresh(LATER)
    refresh(LATER)
    (only,) = releases(client)
    assert only["tag"] == ["tenderCancellation"]
    assert only["tender"] == {"id": made.posting.ocid, "status": "withdrawn"}
    assert "Pomyłka" not in json.dumps(package(client, f"/zamowienia/ocds/{made.posting.ocid}.json"))


def test_what_a_plan_gives_up_is_told(client):
    item = plan_item()
    version = PlanVersionFactory(plan=item.version.plan)
    PlanItemFactory(version=version, position=item.position, update_kind=UpdateKind.DROPPED)
    published(version)
    refresh()
    assert releases(client)[1]["tender"]["status"] == "cancelled"


def test_a_position_that_did_not_change_is_not_told_again(client):
    item = plan_item()
    version = PlanVersionFactory(plan=item.version.plan)
    PlanItemFactory(version=version, position=item.position)
    published(version)
    refresh()
    assert [one["tag"] for one in releases(client)] == [["planning"]]


def test_nothing_is_told_before_it_is_public(client):
    plan_item(publish=False)
    made = notice(state=NoticeState.SCHEDULED, publish_at=LATER)
    refresh()
    # The one thing that the schema minds, for want of a better answer to whoever comes back and finds nothing new.
    assert package(client)["releases"] == []
    assert client.get(f"/zamowienia/ocds/{made.posting.ocid}.json").status_code == 404


def test_a_value_that_is_not_public_is_told_nowhere(client):
    made = notice(value=Decimal("123456"), value_is_public=False)
    NoticePart.objects.create(notice=made, number=1, subject="Część", value=Decimal("123456"))
    refresh()
    assert "123456" not in json.dumps(releases(client)).replace(made.posting.ocid, "")
    assert all("123456.0" not in (json.dumps(body) or "") for body in Release.objects.values_list("body", flat=True))


def test_a_process_with_a_number_of_the_bulletin_names_the_plan_it_comes_from(client):
    item = plan_item()
    made = notice(position=item.position)
    refresh()
    tender = next(one for one in releases(client) if one["tag"] == ["tender"])
    assert tender["relatedProcesses"] == [
        {
            "id": "1",
            "relationship": ["planning"],
            "scheme": "ocid",
            "identifier": PlanPosition.objects.get().posting.ocid,
        }
    ]
    made.posting.ocid = "ocds-148610-01234567-89ab-cdef-0123-456789abcdef"
    made.posting.save()
    refresh()
    assert {one["ocid"] for one in releases(client)} == {item.position.posting.ocid, made.posting.ocid}


def test_who_has_no_number_is_known_by_name(client):
    concluded(notice(), supplier_name="Jan z Sosny", supplier_nip="")
    refresh()
    award = next(one for one in releases(client) if one["tag"] == ["award"])
    assert [party["name"] for party in award["parties"] if party["roles"] == ["supplier"]] == ["Jan z Sosny"]


def test_where_a_supplier_without_a_number_of_legal_persons_lives_is_told_nowhere(client):
    given = {"street": "ul. Cicha", "house_number": "7", "town": "Brzeg Dolny", "www": "https://lis.example"}
    trader = InstitutionFactory(name="Anna Lis Ogrody", krs="", **given)
    company = InstitutionFactory(name="Ogrody sp. z o.o.", **given)
    for supplier in (trader, company):
        concluded(notice(), supplier=supplier, supplier_name=supplier.name)
    refresh()
    of_trader, of_company = (
        party
        for release in releases(client)
        if release["tag"] == ["award"]
        for party in release["parties"]
        if party["roles"] == ["supplier"]
    )
    assert of_trader == {
        "id": f"PL-NIP-{trader.nip}",
        "name": "Anna Lis Ogrody",
        "identifier": {"scheme": "PL-NIP", "id": trader.nip, "legalName": "Anna Lis Ogrody"},
        "additionalIdentifiers": [{"scheme": "PL-REGON", "id": trader.regon, "legalName": "Anna Lis Ogrody"}],
        "roles": ["supplier"],
    }
    assert of_company["address"]["streetAddress"] == "ul. Cicha 7"
    told = "".join(map(str, Release.objects.exclude(body__parties__contains=[{"name": company.name}]).values("body")))
    assert "Cicha" not in told
    assert "lis.example" not in told


def test_what_is_told_of_suppliers_stands_in_the_table_of_personal_data(client):
    one = personal_data.find("procurement.suppliers")
    assert one.holds["procurement.Release"] == "body"
    page = client.get("/prywatnosc/").content.decode()
    assert one.label in page
    assert "ogłoszony komunikat już się nie zmienia" in page.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda told: told.pop("ocid"),
        lambda told: told.update(date="wczoraj"),
        lambda told: told["tender"].update(status="otwarte"),
        lambda told: told["tender"].update(uwagi="pole nieznane"),
        lambda told: told["tender"].update(title=""),
        lambda told: told.update(buyer={"id": "PL-NIP-0000000000"}),
    ],
)
def test_the_check_of_these_tests_finds_faults(client, spoil):
    notice()
    refresh()
    found = package(client)
    spoil(found["releases"][0])
    with pytest.raises(AssertionError):
        assert_valid(found, "release")


def test_the_rules_of_merging_are_those_of_the_schema():
    assert get_merge_rules(release_schema()) == MERGE_RULES


def test_the_extension_lies_where_the_packages_say(client):
    own = next(one for one in package(client)["extensions"] if "rozszerzenie" in one)
    path = "/" + own.split("/", 3)[3]
    assert json.loads(b"".join(client.get(path).streaming_content))["compatibility"] == ["1.1"]
    schema = path.replace("extension.json", "release-schema.json")
    assert "SocialClause" in json.loads(b"".join(client.get(schema).streaming_content))["definitions"]
    assert client.get("/zamowienia/ocds/rozszerzenie/settings.py").status_code == 404
    assert [one for one in package(client)["extensions"] if "lots" in one or "sustainability" in one] == [
        f"https://raw.githubusercontent.com/open-contracting-extensions/{name}/master/extension.json"
        for name in ("ocds_lots_extension", "ocds_sustainability_extension")
    ]
    assert read(FILES / "lots" / "extension.json")["name"]["en"] == "Lots"
