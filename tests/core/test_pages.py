"""Pages without data of their own: what they say, and that reading leaves no trace."""

import re
from datetime import date

import pytest

PAGES = {
    "/deklaracja-dostepnosci/": "Deklaracja dostępności",
    "/prywatnosc/": "Prywatność",
    "/zrodla-danych/": "Źródła danych",
    "/kontakt/": "Kontakt",
    "/mapa-strony/": "Mapa strony",
    "/styl/": "Styl",
}


@pytest.mark.parametrize(("path", "heading"), PAGES.items())
def test_a_public_page_needs_no_database_no_session_and_no_cookie(client, path, heading):
    # Without the django_db mark any query would fail the test.
    response = client.get(path)
    assert response.status_code == 200
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", response.content.decode())[0] == heading
    assert not response.cookies
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["Cache-Control"] == "no-cache"
    assert "csrfmiddlewaretoken" not in response.content.decode()


@pytest.mark.django_db
def test_the_front_page_leaves_no_trace_of_a_reader_either(client):
    response = client.get("/")
    assert "<h1>Zamawiasz usługę. Dajesz pracę.</h1>" in response.content.decode()
    assert not response.cookies
    assert response.headers["Vary"] == "Accept-Encoding"
    assert client.get("/", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", PAGES)
def test_an_unchanged_page_is_not_sent_twice(client, path):
    etag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_no_inline_script_or_style(client, path):
    page = client.get(path).content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son\w+=", page) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_itself_and_describes_itself_once(client, path):
    page = client.get(path).content.decode()
    assert len(re.findall(r"<title>[^<]+ – Dolnośląska Ekonomia Społeczna</title>", page)) == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_security_headers_are_strict(client):
    headers = client.get("/kontakt/").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_the_admin_may_run_its_library_but_loads_nothing_from_elsewhere(client):
    policy = client.get("/admin/login/").headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["script-src"] == "'self' 'unsafe-eval'"
    assert directives["style-src"] == "'self' 'unsafe-inline'"
    assert re.findall(r"https?:|\*", policy) == []


def test_the_masthead_marks_the_section_one_is_in():
    from core.navigation import masthead

    def marked(path):
        return {section["label"]: section["current"] for section in masthead(path) if section["current"]}

    assert marked("/katalog/") == {"Katalog": "page"}
    assert marked("/katalog/zielony-prog/") == {"Katalog": "true"}
    assert marked("/wydarzenia/2026/12/") == {"Wydarzenia": "true"}
    assert marked("/katalogi/") == {}


def test_the_style_page_is_absent_where_it_was_not_asked_for(client, settings):
    settings.STYLE_PAGE = False
    assert client.get("/styl/").status_code == 404


@pytest.mark.django_db
def test_a_signed_in_person_gets_a_private_page_with_their_panel(client, django_user_model):
    client.force_login(django_user_model.objects.create(email="ktos@example.org"))
    response = client.get("/kontakt/")
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "Mój panel" in response.content.decode()
    assert "Zaloguj" not in response.content.decode()


@pytest.mark.django_db
def test_a_stale_session_cookie_shows_the_page_of_a_visitor(client):
    client.cookies["sessionid"] = "abcdefghijklmnopqrstuvwxyz012345"
    assert "Zaloguj" in client.get("/kontakt/").content.decode()


DECLARATION_IDS = (
    "wstep podmiot url data-publikacja data-aktualizacja status data-sporzadzenie data-przeglad kontakt osoba email "
    "telefon procedura architektura aplikacje"
)


def test_the_accessibility_declaration_carries_the_ids_that_monitors_look_for(client):
    page = client.get("/deklaracja-dostepnosci/").content.decode()
    assert [name for name in DECLARATION_IDS.split() if f'id="a11y-{name}"' not in page] == []


def test_the_declaration_says_what_the_operator_gave(client, settings):
    settings.ACCESSIBILITY = settings.ACCESSIBILITY | {
        "published_on": date(2026, 11, 20),
        "status": "full",
        "email": "dostepnosc@example.org",
        "auditor": "Fundacja Sprawdzamy",
    }
    page = client.get("/deklaracja-dostepnosci/").content.decode()
    assert '<time id="a11y-data-publikacja" datetime="2026-11-20">20\N{NO-BREAK SPACE}listopada' in page
    assert "<strong>w pełni zgodna</strong>" in page
    assert "Treści niedostępne" not in page
    assert '<a id="a11y-email" href="mailto:dostepnosc@example.org">' in page
    assert '<span id="a11y-audytor">Fundacja Sprawdzamy</span>' in page


def test_what_the_operator_has_not_given_is_said_to_be_missing(client):
    assert client.get("/kontakt/").content.decode().count("nie podano") == 3


def test_sources_name_those_who_publish_the_dictionaries(client):
    page = client.get("/zrodla-danych/").content.decode()
    publishers = [
        "GUS",
        "GUGiK",
        "Urząd Publikacji UE",
        "CC BY 4.0",
        "1\N{NO-BREAK SPACE}stycznia\N{NO-BREAK SPACE}2026",
    ]
    assert [name for name in publishers if name not in page] == []


def test_robots_keep_out_of_the_places_of_work(client):
    assert client.get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /panel/",
        "Disallow: /konto/",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_security_txt_exists_once_there_is_a_contact(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "bezpieczenstwo@example.org"
    contact, expires, languages = client.get("/.well-known/security.txt").content.decode().splitlines()
    assert (contact, languages) == ("Contact: mailto:bezpieczenstwo@example.org", "Preferred-Languages: pl, en")
    assert re.fullmatch(r"Expires: \d{4}-\d\d-\d\dT00:00:00Z", expires)


def test_other_apps_fill_the_front_page(client, monkeypatch):
    from core import front_page

    monkeypatch.setattr(front_page, "_contributions", [])
    front_page.contribute(lambda: {"figures": [{"value": 1340, "label": "ofert", "url": "/oferty/"}]})
    front_page.contribute(lambda: {"popular": [{"label": "catering", "url": "/katalog/?q=catering"}], "figures": []})
    page = client.get("/").content.decode()
    assert '<dt><a href="/oferty/">ofert</a></dt><dd>1\N{NO-BREAK SPACE}340</dd>' in page
    assert '<a href="/katalog/?q=catering">catering</a>' in page
