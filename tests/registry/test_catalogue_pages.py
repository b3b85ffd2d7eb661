"""/katalog/ as a visitor, a script-less browser, htmx and a cache see it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from registry.models import Organisation, SearchWord
from registry.use_cases.organisations import verify, withdraw
from tests.registry.factories import (
    NOW,
    InstitutionFactory,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    refresh,
)

pytestmark = pytest.mark.django_db

QUERIES = {
    "all": "",
    "words": "?q=sprzątanie",
    "mistyped": "?q=sprzontanie",
    "filters": "?powiat=0264&kind=ngo&category=sprzatanie&ps=1&area=0264&cpv=90910000",
    "codes": "?pkd=81&gmina=0264011",
    "page": "?page=2",
    "nothing": "?q=brakslowa",
    "faulty": "?powiat=9999",
}


def fill(count):
    for number in range(count):
        card = OrganisationFactory(institution__name=f"Firma {number:02}", kind_id="ngo")
        OfferFactory(organisation=card)
        SocialEnterpriseStatusFactory(institution=card.institution)
    Organisation.objects.update(published_at=NOW)
    SearchWord.objects.create(folded="sprzatanie", display="sprzątanie")
    refresh()


def text(response):
    """What is read on the page: no tags, one space between words."""
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def names(response):
    return [
        re.sub(r"<[^>]+>", "", name) for name in re.findall(r"<h3><a [^>]+>(.*?)</a></h3>", response.content.decode())
    ]


def number_found(response):
    value, words = re.search(
        r'<data id="result-count" value="(\d+)"[^>]*>([^<]+)</data>', response.content.decode()
    ).groups()
    return int(value), words.replace("\xa0", " ")


@pytest.mark.parametrize("path", ["/katalog/", "/oferty/"])
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_the_number_of_queries_does_not_grow_with_the_catalogue(client, path, query):
    numbers = []
    for count in (1, 30):
        Organisation.objects.filter(offers__isnull=False).update(published_at=None)
        fill_to(count)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path + query).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 8


def fill_to(count):
    SearchWord.objects.all().delete()
    fill(count - Organisation.objects.count())


def test_a_row_tells_the_same_few_facts_of_everyone(client):
    card = OrganisationFactory(
        institution__name="Czysty Kąt",
        institution__town="Kłodzko",
        institution__municipality_id="0208021",
        description="Sprzątanie biur i klatek schodowych.",
        verified_on=date(2026, 11, 3),
    )
    SocialEnterpriseStatusFactory(institution=card.institution)
    OfferMarkFactory(offer=OfferFactory(organisation=card, name="Mycie okien"))
    Organisation.objects.update(published_at=NOW)
    refresh()
    row = text(client.get("/katalog/")).partition("Czysty Kąt")[2]
    assert row.replace("\xa0", " ").startswith(
        " spółdzielnia socjalna · Kłodzko · powiat kłodzki Sprzątanie biur i klatek schodowych. "
        "Przedsiębiorstwo społeczne Zakup Prospołeczny znak do 28 lutego 2027 potwierdzono 3 listopada 2026"
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"verified_on": date(2026, 11, 3)}, "potwierdzono 3 listopada 2026"),
        ({"verified_on": date(2025, 9, 20), "activity": "do-potwierdzenia"}, "niepotwierdzono od 14 miesięcy"),
        ({"verified_on": date(2024, 1, 1), "activity": "nieaktywny"}, "prawdopodobnie nieaktywny"),
        ({"verified_on": None}, "dane niepotwierdzone"),
    ],
)
def test_freshness_is_told_in_words(client, time_machine, values, words):
    time_machine.move_to(NOW)
    OrganisationFactory(published=True, **values)
    assert words in text(client.get("/katalog/")).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 podmiotów"), (1, "1 podmiot"), (2, "2 podmioty"), (5, "5 podmiotów"), (22, "22 podmioty")],
)
def test_the_number_found_is_the_headline(client, count, words):
    fill(count)
    assert number_found(client.get("/katalog/")) == (count, words)


def test_offers_are_counted_as_offers(client):
    fill(3)
    assert number_found(client.get("/oferty/")) == (3, "3 oferty")


def test_an_unknown_value_is_said_beside_its_filter_and_finds_nothing(client):
    fill(2)
    response = client.get("/katalog/?powiat=9999")
    assert response.status_code == 200
    assert number_found(response) == (0, "0 podmiotów")
    assert names(response) == []
    panel = response.content.decode().partition('id="filter-powiat"')[2].partition("</details>")[0]
    assert "Nie ma powiatu o kodzie „9999”." in panel


@pytest.mark.parametrize("path", ["/katalog/", "/oferty/"])
@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "x" * 10_000,
        "powiat=%FF%FE",
        "powiat[]=0264&powiat[a][b]=1",
        "page=" + "9" * 500,
        "page=１",
        "&".join(f"kind={n}" for n in range(900)),
        "cpv=" + "1" * 9000,
        "q=%F0%9F%98%80%E2%80%AE",
        "sort[]=1&view=%27%22%3E",
        "q=<script>alert(1)</script>",
        "q={{7*7}}{% raise %}",
        "area=' OR 1=1 --",
    ],
)
def test_nothing_that_can_be_typed_breaks_a_list(client, path, query):
    fill(1)
    response = client.get(f"{path}?{query}")
    assert response.status_code in (200, 400)
    assert b"<script>alert" not in response.content
    assert client.get(f"/katalog/eksport.csv?{query}").status_code in (200, 400)


def test_pages_are_walked_and_the_one_past_the_end_is_the_last(client):
    fill(45)
    first, second, last = (names(client.get(f"/katalog/?page={page}")) for page in (1, 2, 3))
    assert first + second + last == [f"Firma {number:02}" for number in range(45)]
    assert names(client.get("/katalog/?page=999")) == last


def test_the_sort_order_can_be_chosen(client):
    for number, name in enumerate(["Baza", "Arka", "Cel"]):
        card = OrganisationFactory(institution__name=name)
        Organisation.objects.filter(pk=card.pk).update(published_at=NOW.replace(hour=number))
    refresh()
    assert names(client.get("/katalog/")) == ["Arka", "Baza", "Cel"]
    assert names(client.get("/katalog/?sort=nowe")) == ["Cel", "Arka", "Baza"]
    verify(organisation_id=Organisation.objects.get(institution__name="Arka").pk, verifier="koordynator", now=NOW)
    assert names(client.get("/katalog/?sort=zmiana"))[0] == "Arka"


def test_chips_take_one_filter_away_each(client):
    fill(1)
    html = client.get("/katalog/?q=biur&powiat=0264&powiat=0208&kind=ngo&page=2").content.decode()
    chips = re.findall(r'<li><a href="([^"]+)" rel="nofollow" aria-label="Usuń filtr: ([^"]+)"', html)
    assert [(url.replace("&amp;", "&"), label) for url, label in chips] == [
        ("?q=biur&powiat=0208&kind=ngo", "Wrocław"),
        ("?q=biur&powiat=0264&kind=ngo", "powiat kłodzki"),
        ("?q=biur&powiat=0264&powiat=0208", "organizacja pozarządowa"),
    ]


def test_matches_are_marked_and_what_was_typed_is_escaped(client):
    OrganisationFactory(published=True, institution__name="Sprzątanie <b>i</b> mycie")
    html = client.get("/katalog/?q=sprzątania").content.decode()
    assert "<mark>Sprzątanie</mark> &lt;b&gt;i&lt;/b&gt; mycie" in html


def test_offers_that_were_met_are_named_in_the_row(client):
    card = OrganisationFactory(institution__name="Kuchnia", description="Gotujemy.")
    OfferFactory(organisation=card, name="Catering na konferencje", category_id="catering")
    OfferFactory(organisation=card, name="Mycie okien")
    Organisation.objects.update(published_at=NOW)
    refresh()
    assert "W ofercie: Catering na konferencje" in text(client.get("/katalog/?q=catering"))
    assert "W ofercie" not in text(client.get("/katalog/"))


def test_a_mistyped_word_is_answered_with_what_it_resembles(client):
    OrganisationFactory(published=True, institution__name="Czysty Kąt")
    SearchWord.objects.create(folded="sprzatanie", display="sprzątanie")
    response = client.get("/katalog/?q=sprzontanie")
    assert "Czy chodziło o „sprzątanie” ?" in text(response)
    assert names(response) == ["Czysty Kąt"]
    assert 'href="?q=sprz%C4%85tanie"' in response.content.decode()
    assert "/katalog/eksport.csv?q=sprz%C4%85tanie" in response.content.decode()


def test_a_nip_jumps_to_the_card(client):
    card = OrganisationFactory(published=True, institution__nip="8990000110")
    response = client.get("/katalog/", {"q": "PL 899-000-01-10"})
    assert (response.status_code, response.headers["Location"]) == (302, f"/katalog/{card.slug}/")


def test_every_area_that_was_asked_for_is_sent_again(client):
    page = client.get("/katalog/?area=02&area=0264").content.decode()
    assert '<option value="02" selected>województwo dolnośląskie</option>' in page
    assert '<input type="hidden" name="area" value="0264">' in page


def test_a_number_of_nobody_is_answered_as_a_number(client):
    response = client.get("/katalog/?q=NIP+8990000110")
    assert "Nie mamy podmiotu o takim numerze." in text(response)


def test_htmx_is_told_to_jump_instead_of_drawing_a_card_inside_the_list(client):
    card = OrganisationFactory(published=True, institution__nip="8990000110")
    response = client.get("/katalog/?q=8990000110", headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (200, f"/katalog/{card.slug}/")


def test_a_number_of_several_cards_lists_them(client):
    operator = InstitutionFactory(nip="8990000110")
    for number in range(2):
        OrganisationFactory(of_unit=True, unit__operator=operator, unit__name=f"WTZ {number}", institution=operator)
    Organisation.objects.update(published_at=NOW)
    refresh()
    assert names(client.get("/katalog/?q=899-000-01-10")) == ["WTZ 0", "WTZ 1"]


def test_what_is_not_published_is_not_listed(client):
    OrganisationFactory(institution__name="Szkic")
    gone = OrganisationFactory(institution__name="Wycofana", published=True)
    OrganisationFactory(institution__name="Jawna", published=True)
    withdraw(organisation_id=gone.pk, now=NOW)
    assert names(client.get("/katalog/")) == ["Jawna"]


# Without scripts, with htmx, from a cache


def test_the_page_works_without_scripts(client):
    fill(1)
    html = client.get("/katalog/?powiat=0264").content.decode()
    form = html.partition('<form class="listing')[2].partition("</form>")[0]
    assert 'action="/katalog/" method="get"' in form
    assert re.search(r'<input type="checkbox" id="f-powiat-0264" name="powiat" value="0264" checked>', form)
    assert '<button class="button">Pokaż wyniki</button>' in form


def test_htmx_gets_results_and_filters_alone(client):
    fill(1)
    whole, part = client.get("/katalog/"), client.get("/katalog/", headers={"HX-Request": "true"})
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert b"<h1" not in part.content
    assert number_found(part) == (1, "1 podmiot")
    assert b'id="f-powiat-0264"' in part.content


def test_a_page_brought_back_from_history_is_whole(client):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert b"<html" in client.get("/katalog/", headers=headers).content


@pytest.mark.parametrize("path", ["/katalog/", "/oferty/", "/katalog/eksport.csv"])
def test_a_reader_leaves_no_trace_and_may_be_answered_by_a_cache(client, path):
    fill(1)
    response = client.get(path)
    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert {"Cookie", "HX-Request"} <= {name.strip() for name in response.headers["Vary"].split(",")}
    again = client.get(path, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_etag_changes_with_every_change_of_the_catalogue(client):
    def etag(**headers):
        return client.get("/katalog/", headers=headers).headers["ETag"]

    fill(2)
    seen = [etag()]
    assert etag() == seen[0]
    first, second = Organisation.objects.order_by("pk")
    verify(organisation_id=first.pk, verifier="koordynator", now=NOW)
    seen.append(etag())
    withdraw(organisation_id=first.pk, now=NOW)
    seen.append(etag())
    second.entry.delete()
    seen.append(etag())
    seen.append(etag(**{"HX-Request": "true"}))
    assert len(set(seen)) == 5


def test_a_visitor_with_a_session_is_never_answered_from_a_shared_cache(client):
    fill(1)
    public = client.get("/katalog/").headers["ETag"]
    client.force_login(User.objects.create_user(email="osoba@example.pl", password="x"))
    response = client.get("/katalog/", headers={"If-None-Match": public})
    assert response.status_code == 200
    assert "private" in response.headers["Cache-Control"]
    assert "Mój panel" in text(response)


def test_a_full_page_of_html_stays_below_forty_kilobytes(client):
    counties = [f"02{number:02}" for number in [*range(1, 27), 61, 62, 64, 65]]
    kinds = ["spoldzielnia_socjalna", "ngo", "spoldzielnia_pracy", "podmiot_art3_ust3", "spoldzielnia_inwalidow"]
    categories = (
        "catering sprzatanie zielen remonty opieka pranie odpady poligrafia rekodzielo tekstylia meble".split()
    )
    for number, county in enumerate(counties):
        card = OrganisationFactory(
            kind_id=kinds[number % 5],
            institution__name=f"Spółdzielnia Socjalna „Zielony Przystanek na Końcu Świata” nr {number}",
            institution__municipality_id=None,
            institution__county_id=county,
            description="Sprzątanie biur, klatek schodowych i wszystkiego, co trzeba posprzątać. " * 5,
        )
        SocialEnterpriseStatusFactory(institution=card.institution)
        OfferMarkFactory(offer=OfferFactory(organisation=card, category_id=categories[number % 11]))
    Organisation.objects.update(published_at=NOW)
    refresh()
    for query in ("", "?q=sprzątanie+biur", "?" + "&".join(f"powiat={county}" for county in counties)):
        assert len(client.get(f"/katalog/{query}").content) < 40_000


@pytest.mark.parametrize("path", ["/katalog/", "/oferty/"])
def test_only_the_plain_list_is_offered_to_search_engines(client, path):
    fill(1)
    plain, filtered = (client.get(path + query).content.decode() for query in ("", "?powiat=0264"))
    canonical = f'<link rel="canonical" href="http://testserver{path}">'
    assert (canonical in plain, 'content="noindex"' in plain) == (True, False)
    assert (canonical in filtered, 'content="noindex"' in filtered) == (False, True)


def test_the_title_says_what_was_searched_for(client):
    assert "<title>pranie &lt;b&gt; – Katalog" in client.get("/katalog/?q=pranie <b>").content.decode()


def test_many_chosen_values_are_counted_but_not_all_shown_as_chips(client):
    query = "&".join(f"powiat=02{number:02}" for number in range(1, 21))
    html = client.get(f"/katalog/?{query}").content.decode()
    assert '<span class="tally">20</span>' in html
    assert html.count("Usuń filtr:") == 8


def test_codes_and_areas_that_were_asked_for_stay_in_the_form(client):
    fill(1)
    html = client.get("/katalog/?cpv=90910000-9&cpv=5552&area=0208021&area=0264").content.decode()
    assert '<input id="f-cpv" name="cpv" value="90910000-9"' in html
    assert '<input type="hidden" name="cpv" value="5552">' in html
    assert '<option value="0208021" selected>Kłodzko (gmina miejska)</option>' in html
    assert '<input type="hidden" name="area" value="0264">' in html


def test_options_keep_their_places_when_one_is_chosen(client):
    # Nine counties: eight stand open, the one with fewest cards folds until it is chosen.
    for county in range(1, 10):
        for _ in range(2 if county < 9 else 1):
            institution = InstitutionFactory(municipality_id=None, county_id=f"02{county:02}")
            OrganisationFactory(institution=institution)
    Organisation.objects.update(published_at=NOW)
    refresh()

    def open_and_folded(query):
        panel = client.get(f"/katalog/{query}").content.decode().partition('id="filter-powiat"')[2]
        shown, _, folded = panel.partition("</fieldset>")[0].partition('class="rest"')
        return re.findall(r'id="f-powiat-(\d+)"', shown), re.findall(r'id="f-powiat-(\d+)"', folded)

    shown, folded = open_and_folded("")
    assert (len(shown), folded) == (8, ["0209"])
    assert open_and_folded(f"?powiat={shown[4]}") == (shown, folded)
    assert open_and_folded("?powiat=0209") == ([*shown, "0209"], [])
