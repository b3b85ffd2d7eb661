import json
import re
from datetime import date

import pytest

from accounts.choices import Role
from registry.models import Organisation, OrganisationPkd, PkdCode
from tests.accounts.factories import account
from tests.registry.factories import (
    NOW,
    InstitutionFactory,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    ReferenceFactory,
    SocialEnterpriseStatusFactory,
    UnitFactory,
    WorkplaceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-22 12:00")]
ATTACK = """</script><img src=x onerror=alert(1)>"'&{{ 7|add:7 }}"""


def card(**fields):
    return OrganisationFactory(published_at=NOW, **fields)


def page_of(client, organisation, status=200):
    response = client.get(f"/katalog/{organisation.slug}/")
    assert response.status_code == status
    return response.content.decode()


def facts(html):
    """The pairs of every <dl class="facts"> as plain text."""
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html, re.S)
    return {text_of(name): text_of(value) for name, value in pairs}


def text_of(html):
    text = re.sub(r"<[^>]+>", " ", html.replace("<br>", "; ")).replace("&quot;", '"').replace("\xa0", " ")
    return " ".join(text.split())


def json_ld(html):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1])


def coordinator(client):
    client.force_login(account(Role.COORDINATOR))


def test_contact_can_be_pressed_and_identifiers_read(client):
    organisation = card(
        institution__nip="8971234561",
        institution__regon="360000010",
        institution__krs="0000123456",
        institution__www="https://www.zielonyprog.example/",
        institution__founded_year=2016,
        opening_hours="pn.–pt. 8–16",
        contact_person="Anna Przykładowa",
        contact_consent_on=date(2026, 1, 1),
    )
    html = page_of(client, organisation)
    assert '<a href="tel:+48710000000">71\xa0000\xa000\xa000</a>' in html
    assert '<a href="mailto:biuro@example.pl">biuro@example.pl</a>' in html
    assert '<a href="https://www.zielonyprog.example/" rel="noopener nofollow">zielonyprog.example</a>' in html
    assert facts(html) == {
        "Telefon": "71 000 00 00",
        "E-mail": "biuro@example.pl",
        "Strona": "zielonyprog.example",
        "Godziny": "pn.–pt. 8–16",
        "Osoba": "Anna Przykładowa",
        "Adres": "ul. Drukarska 37; 53-311 Wrocław",
        "Rodzaj": "spółdzielnia socjalna",
        "Forma prawna": "spółdzielnia",
        "NIP": "897 123 45 61",
        "REGON": "360000010",
        "KRS": "0000123456",
        "Rok założenia": "2016",
        "Zamówienia zastrzeżone": "art. 94 Pzp z mocy prawa: spółdzielnia socjalna",
    }


def test_missing_facts_are_absent_and_empty_offers_say_so(client):
    organisation = card(
        kind_id="ngo",
        description="",
        institution=InstitutionFactory(
            nip="", regon="", krs="", legal_form_id=None, phone="", email="", street="", house_number="",
            postal_code="", town="", municipality_id=None, county_id=None,
        ),
    )  # fmt: skip
    html = page_of(client, organisation)
    assert facts(html) == {"Rodzaj": "organizacja pozarządowa"}
    assert "Nie mamy jeszcze danych kontaktowych." in html
    assert "Podmiot nie dodał jeszcze ofert." in html
    assert "None" not in html
    for heading in ("Referencje", "Misja", "Gdzie i jak", "Status i uprawnienia", "Prowadzone jednostki", "Znak"):
        assert f"<h2>{heading}" not in html


def test_offer_says_category_cpv_capacity_and_area(client):
    organisation = card(serves=["0264", "0223", "0208", "0208021"])
    offer = OfferFactory(organisation=organisation, capacity="Do 4 000 m² dziennie", codes=["90919200", "90911200"])
    OfferFactory(organisation=organisation, name="Druk ulotek", category_id="poligrafia", serves=["02"])
    html = page_of(client, organisation)
    lines = [text_of(line) for line in re.findall(r"<li>\s*(<h3>.*?)</li>", html, re.S)]
    assert lines == [
        "Druk ulotek Poligrafia i reklama · całe województwo dolnośląskie",
        "Sprzątanie biur Do 4 000 m² dziennie Sprzątanie · CPV 90911200-8 , 90919200-4 · "
        "Wrocław, powiaty kłodzki i wrocławski",
    ]
    assert offer.get_absolute_url() in html


def test_offer_with_valid_mark_comes_first_with_number_and_dates(client):
    organisation = card()
    OfferFactory(organisation=organisation, name="Catering")
    marked = OfferFactory(organisation=organisation, name="Sprzątanie")
    OfferMarkFactory(offer=marked, number="ZP/2026/014", granted_on=date(2026, 3, 1), valid_until=date(2027, 2, 28))
    html = page_of(client, organisation)
    names = [text_of(name) for name in re.findall(r"<h3>(.*?)</h3>", html, re.S)]
    assert names == ["Sprzątanie ze znakiem", "Catering"]
    assert "Zakup Prospołeczny do 28\xa0lutego\xa02027" in html
    panel = re.search(r'<section class="panel mark".*?</section>', html, re.S)[0]
    assert text_of(panel) == (
        "Znak „Zakup Prospołeczny” Sprzątanie; certyfikat ZP/2026/014 ; od 1 marca 2026 do 28 lutego 2027"
    )


@pytest.mark.parametrize(
    ("period", "state"),
    [
        ((date(2025, 1, 1), date(2026, 11, 21)), "wazny"),
        ((date(2026, 11, 23), date(2027, 1, 1)), "wazny"),
        ((date(2026, 1, 1), date(2027, 1, 1)), "odebrany"),
        ((date(2026, 1, 1), date(2027, 1, 1)), "zawieszony"),
    ],
)
def test_mark_that_does_not_hold_today_is_not_shown_on_the_card(client, period, state):
    organisation = card()
    offer = OfferFactory(organisation=organisation)
    OfferMarkFactory(offer=offer, granted_on=period[0], valid_until=period[1], state=state)
    html = page_of(client, organisation)
    assert "badge mark" not in html
    assert "Zakup Prospołeczny" not in html


def test_mark_holds_on_its_last_day(client):
    organisation = card()
    OfferMarkFactory(offer=OfferFactory(organisation=organisation), valid_until=date(2026, 11, 22))
    assert "Zakup Prospołeczny do 22\xa0listopada\xa02026" in page_of(client, organisation)


def test_statutory_status_is_a_badge_and_the_former_one_is_history(client):
    organisation = card(institution__has_ct9_status=True, institution__ct9_granted_on=date(2019, 5, 6))
    SocialEnterpriseStatusFactory(
        institution=organisation.institution, granted_on=date(2024, 5, 12), decision_number="PS.1.2024"
    )
    html = page_of(client, organisation)
    assert '<span class="badge ps">Przedsiębiorstwo społeczne od 12\xa0maja\xa02024</span>' in html
    shown = facts(html)
    assert shown["Status PS"] == "od 12 maja 2024, decyzja PS.1.2024, cel: reintegracja społeczna i zawodowa"
    assert shown["Status sprzed ustawy"] == (
        "nadany 6 maja 2019 przez OWES według dawnych wytycznych (CT9); to nie jest dzisiejszy status PS"
    )


def test_former_status_alone_gives_no_badge(client):
    html = page_of(client, card(institution__has_ct9_status=True))
    assert "badge ps" not in html
    assert "to nie jest dzisiejszy status PS" in html


def test_lost_status_is_told_with_its_dates_and_gives_no_badge(client):
    organisation = card()
    SocialEnterpriseStatusFactory(
        institution=organisation.institution,
        granted_on=date(2023, 3, 1),
        lost_on=date(2026, 11, 22),
        decision_number="",
        goal="",
    )
    html = page_of(client, organisation)
    assert "badge ps" not in html
    assert facts(html)["Dawny status PS"] == "od 1 marca 2023, utracony 22 listopada 2026"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind_id": "spoldzielnia_socjalna"}, "art. 94 Pzp z mocy prawa: spółdzielnia socjalna"),
        ({"kind_id": "ngo", "institution__is_zpch": True}, "art. 94 Pzp: zakład pracy chronionej"),
        ({"kind_id": "ngo", "art94_declared": True}, "art. 94 Pzp: podmiot deklaruje, że spełnia warunki"),
        ({"kind_id": "ngo"}, None),
    ],
)
def test_reserved_contracts_come_with_the_reason(client, fields, reason):
    assert facts(page_of(client, card(**fields))).get("Zamówienia zastrzeżone") == reason


def test_references_places_people_and_pkd_are_told_in_words(client):
    organisation = card(
        target_groups=["bezrobotni", "niepelnosprawni"],
        employees="10-49",
        accessibility="Wejście z poziomu chodnika.",
        other_marks="eS",
        support_centre="OWES Wrocław",
        institution__is_opp=True,
        mission="Praca dla wszystkich.",
    )
    ReferenceFactory(organisation=organisation, client="Gmina Wrocław", subject="biblioteki", year=2025)
    ReferenceFactory(organisation=organisation, client="Gmina Kłodzko", subject="zieleń", year=2026, value_amount=None)
    WorkplaceFactory(organisation=organisation, name="Pracownia", street="ul. Długa", house_number="5")
    main, other = PkdCode.objects.filter(version=2007).order_by("symbol")[:2]
    OrganisationPkd.objects.create(organisation=organisation, code=other)
    OrganisationPkd.objects.create(organisation=organisation, code=main, is_main=True)
    html = page_of(client, organisation)
    references = re.search(r'<ul class="tidy references">(.*?)</ul>', html, re.S)[1]
    assert [text_of(line) for line in re.findall(r"<li>(.*?)</li>", references, re.S)] == [
        "Gmina Kłodzko, zieleń, 2026",
        "Gmina Wrocław, biblioteki, 2025, 118 000 zł",
    ]
    shown = facts(html)
    assert shown["Miejsca działalności"] == "Pracownia, ul. Długa 5, Legnica"
    assert shown["Dostępność"] == "Wejście z poziomu chodnika."
    assert shown["Pożytek publiczny"] == "organizacja pożytku publicznego (OPP)"
    assert shown["Zatrudnienie"] == "od 10 do 49 osób"
    assert shown["Opiekun (OWES)"] == "OWES Wrocław"
    assert shown["Inne znaki"] == "eS"
    assert shown["PKD"] == f"2 kody {main}, przeważająca {other}"
    assert "<li>osoby bezrobotne</li><li>osoby z niepełnosprawnościami</li>" in html
    assert "Praca dla wszystkich." in html


def test_unit_and_operator_lead_to_each_other(client):
    operator = card(kind_id="ngo", institution__name="Fundacja Przystań", slug="fundacja-przystan")
    unit = UnitFactory(operator=operator.institution, name="WTZ Przystań", register_number="WTZ/7")
    workshop = OrganisationFactory(unit=unit, institution=None, kind_id="wtz", slug="wtz-przystan", published_at=NOW)
    assert '<a href="/katalog/wtz-przystan/">WTZ Przystań</a> <span class="meta">WTZ</span>' in page_of(
        client, operator
    )
    shown = page_of(client, workshop)
    assert '<dt>Prowadzi</dt><dd><a href="/katalog/fundacja-przystan/">Fundacja Przystań</a></dd>' in shown
    assert facts(shown)["Nr w rejestrze"] == "WTZ/7"
    assert facts(shown)["NIP"] == f"{text_of_nip(operator.institution.nip)} (organ prowadzący)"
    assert "art. 94" not in shown


def text_of_nip(nip):
    return f"{nip[:3]} {nip[3:6]} {nip[6:8]} {nip[8:]}"


def test_unpublished_relatives_are_not_linked(client):
    operator = OrganisationFactory(kind_id="ngo", institution__name="Fundacja Cicha", slug="cicha")
    unit = UnitFactory(operator=operator.institution)
    workshop = OrganisationFactory(unit=unit, institution=None, kind_id="wtz", published_at=NOW)
    html = page_of(client, workshop)
    assert "<dt>Prowadzi</dt><dd>Fundacja Cicha</dd>" in html
    assert "/katalog/cicha/" not in html


def test_status_of_the_operator_is_not_the_status_of_its_unit(client):
    unit = UnitFactory()
    SocialEnterpriseStatusFactory(institution=unit.operator)
    workshop = OrganisationFactory(unit=unit, institution=unit.operator, kind_id="wtz", published_at=NOW)
    assert "badge ps" not in page_of(client, workshop)


@pytest.mark.parametrize(
    ("verifier", "words"),
    [
        ("przedstawiciel", "Dane potwierdził przedstawiciel podmiotu 3\xa0listopada\xa02026."),
        ("koordynator", "Dane potwierdził koordynator portalu 3\xa0listopada\xa02026."),
        ("rejestr", "Dane zgodne z rejestrem publicznym, sprawdzono 3\xa0listopada\xa02026."),
    ],
)
def test_card_says_who_confirmed_it_and_when(client, verifier, words):
    organisation = card(verified_on=date(2026, 11, 3), verified_by=verifier, source_as_of=date(2026, 1, 1))
    html = page_of(client, organisation)
    assert words in html
    assert "Źródło: Wykaz regionalny, stan na 1\xa0stycznia\xa02026." in html


def test_stale_and_inactive_cards_warn_the_reader(client):
    stale = card(activity="do-potwierdzenia", verified_on=date(2025, 9, 10))
    gone = card(activity="nieaktywny")
    assert "Danych nikt nie potwierdził od 14 miesięcy." in page_of(client, stale)
    assert "Ten podmiot prawdopodobnie już nie działa." in page_of(client, gone)
    assert "notice" not in page_of(client, card())


@pytest.mark.parametrize(
    ("state", "visitor", "staff", "staff_without_permission"),
    [
        ("published", 200, 200, 200),
        ("unpublished", 404, 200, 404),
        ("removed", 404, 404, 404),
        ("unknown", 404, 404, 404),
    ],
)
def test_who_sees_which_card(client, state, visitor, staff, staff_without_permission):
    organisation = OrganisationFactory(slug="podmiot")
    if state == "published":
        Organisation.objects.update(published_at=NOW)
    if state == "removed":
        Organisation.objects.update(removed_at=NOW)
    if state == "unknown":
        organisation.slug = "inny"
    address = f"/katalog/{organisation.slug}/"
    assert client.get(address).status_code == visitor
    client.force_login(account(Role.DIRECTOR))
    assert client.get(address).status_code == staff_without_permission
    coordinator(client)
    assert client.get(address).status_code == staff


def test_merged_card_leads_to_the_last_card_of_the_chain(client):
    last = card(slug="ostatnia")
    middle = OrganisationFactory(slug="srodkowa", removed_at=NOW, merged_into=last)
    first = OrganisationFactory(slug="pierwsza", removed_at=NOW, merged_into=middle)
    response = client.get(f"/katalog/{first.slug}/")
    assert (response.status_code, response["Location"]) == (301, "/katalog/ostatnia/")
    Organisation.objects.filter(pk=last.pk).update(published_at=None)
    assert client.get(f"/katalog/{first.slug}/").status_code == 404


def test_only_a_coordinator_sees_the_way_to_the_admin(client):
    organisation = card()
    assert "/admin/" not in page_of(client, organisation).replace('href="/admin/login/"', "")
    coordinator(client)
    html = page_of(client, organisation)
    assert f"/admin/registry/organisation/{organisation.pk}/change/" in html
    assert f"/katalog/{organisation.slug}/historia/" in html


def test_reader_leaves_no_trace_and_gets_a_short_answer_the_second_time(client):
    organisation = card()
    response = client.get(organisation.get_absolute_url())
    assert response.cookies == {}
    assert response["Cache-Control"] == "no-cache"
    again = client.get(organisation.get_absolute_url(), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Organisation.objects.update(opening_hours="8–16")
    changed = client.get(organisation.get_absolute_url(), headers={"If-None-Match": response["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_number_of_queries_does_not_grow_with_the_card(client, rows, django_assert_num_queries):
    organisation = card(serves=["0264", "0208021"])
    codes = list(PkdCode.objects.filter(version=2007)[:rows])
    for number in range(rows):
        offer = OfferFactory(organisation=organisation, codes=["90919200"], serves=["0208", "0262011"])
        OfferMarkFactory(offer=offer)
        ReferenceFactory(organisation=organisation, offer=offer)
        WorkplaceFactory(organisation=organisation)
        OrganisationPkd.objects.create(organisation=organisation, code=codes[number])
        unit = UnitFactory(operator=organisation.institution)
        OrganisationFactory(unit=unit, institution=organisation.institution, kind_id="wtz", published_at=NOW)
    with django_assert_num_queries(14):
        page_of(client, organisation)


def test_structured_data_tells_the_same_facts(client):
    organisation = card(
        slug="zielony-prog", latitude=51.1, longitude=17.03, serves=["0264"], institution__www="javascript:alert(1)"
    )
    offer = OfferFactory(organisation=organisation)
    OfferMarkFactory(offer=offer, number="ZP/2026/014")
    data, trail = json_ld(page_of(client, organisation))
    institution, address = organisation.institution, "http://testserver/katalog/zielony-prog/"
    postal = {
        "@type": "PostalAddress",
        "streetAddress": "ul. Drukarska 37",
        "postalCode": "53-311",
        "addressLocality": "Wrocław",
        "addressCountry": "PL",
    }
    assert data == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": address,
        "url": address,
        "name": institution.name,
        "description": "Sprzątanie biur i catering.",
        "telephone": "+48710000000",
        "email": "biuro@example.pl",
        "address": postal,
        "location": {
            "@type": "Place",
            "name": institution.name,
            "address": postal,
            "geo": {"@type": "GeoCoordinates", "latitude": 51.1, "longitude": 17.03},
        },
        "areaServed": "Wrocław",
        "taxID": institution.nip,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "NIP", "value": institution.nip},
            {"@type": "PropertyValue", "propertyID": "REGON", "value": institution.regon},
            {"@type": "PropertyValue", "propertyID": "KRS", "value": institution.krs},
        ],
        "makesOffer": [
            {
                "@type": "Offer",
                "name": "Sprzątanie biur",
                "url": f"http://testserver{offer.get_absolute_url()}",
                "category": "Sprzątanie",
                "areaServed": "Wrocław",
                "itemOffered": {
                    "@type": "Service",
                    "name": "Sprzątanie biur",
                    "serviceType": "Sprzątanie",
                    "areaServed": "Wrocław",
                    "provider": {"@id": address},
                    "award": "Znak „Zakup Prospołeczny” ZP/2026/014",
                },
            }
        ],
    }
    assert [item["name"] for item in trail["itemListElement"]] == ["Katalog", "Wrocław", institution.name]


def test_a_foundation_is_a_non_governmental_organisation_and_its_unit_is_not(client):
    foundation = card(institution__legal_form_id="fundacja")
    unit = OrganisationFactory(
        unit=UnitFactory(operator=foundation.institution), institution=None, kind_id="wtz", published_at=NOW
    )
    types = [json_ld(page_of(client, one))[0]["@type"] for one in (foundation, unit)]
    assert types == ["NGO", "Organization"]


def test_link_sent_to_somebody_shows_a_preview(client):
    html = page_of(client, card(slug="zielony-prog"))
    assert '<link rel="canonical" href="http://testserver/katalog/zielony-prog/">' in html
    assert '<meta property="og:description" content="Sprzątanie biur i catering.">' in html
    picture = re.search(r'<meta property="og:image" content="([^"]+)">', html)[1]
    assert picture.startswith("http://testserver/static/img/")


def test_hostile_text_stays_text(client):
    institution = InstitutionFactory(
        name=ATTACK, short_name=ATTACK, street=ATTACK, town=ATTACK, post_office=ATTACK, phone_other=ATTACK,
        www="javascript:alert(1)", other_register=ATTACK, other_register_number="x'\"<b>", house_number="<b>1</b>",
    )  # fmt: skip
    organisation = OrganisationFactory(
        published_at=NOW, institution=institution, description=ATTACK, mission=ATTACK, opening_hours=ATTACK,
        contact_person=ATTACK, contact_consent_on=date(2026, 1, 1), accessibility=ATTACK, other_marks=ATTACK,
        support_centre=ATTACK, social_media=["javascript:alert(2)", "https://x.example/<i>"], source__name=ATTACK,
    )  # fmt: skip
    offer = OfferFactory(organisation=organisation, name=ATTACK, description=ATTACK, capacity=ATTACK)
    OfferMarkFactory(offer=offer, number=ATTACK[:40])
    ReferenceFactory(organisation=organisation, client=ATTACK, subject=ATTACK)
    WorkplaceFactory(organisation=organisation, name=ATTACK, street=ATTACK, town=ATTACK)
    SocialEnterpriseStatusFactory(institution=institution, decision_number=ATTACK, authority=ATTACK)
    unit = UnitFactory(operator=institution, name=ATTACK)
    OrganisationFactory(unit=unit, institution=None, kind_id="wtz", published_at=NOW)
    for html in (page_of(client, organisation), client.get(offer.get_absolute_url()).content.decode()):
        assert "<img src=x" not in html
        assert "<b>" not in html
        assert "<i>" not in html
        assert 'href="javascript:' not in html
        assert html.count("</script>") == 2
        assert json_ld(html)[0]["name"] == ATTACK
