"""Friendly pages for when something is wrong, also when the database is what is wrong."""

from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.urls("tests.core.urls")


@contextmanager
def database_down():
    def refuse(execute, sql, params, many, context):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def visitor():
    """A client that gets the 500 page, as a browser does, where Django's own would raise."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/test/400", 400, "Nie rozumiemy tego adresu"),
        ("/test/403", 403, "To nie jest strona dla tego konta"),
        ("/nie/ma/takiej", 404, "Nie ma takiej strony"),
        ("/test/429", 429, "Za dużo prób naraz"),
        ("/test/500", 500, "Strona chwilowo nie działa"),
    ],
)
def test_every_error_has_a_friendly_page_that_asks_no_database(visitor, path, status, heading):
    # Without the django_db mark any query would fail the test.
    response = visitor.get(path)
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in page
    assert '<a class="skip" href="#tresc">' in page
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_the_429_page_says_when_to_try_again(visitor):
    response = visitor.get("/test/429")
    assert response.headers["Retry-After"] == "42"
    assert "Odczekaj 42 sekundy i" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/?q=%00", "/?q=a&q=b%00c", "/?%00=1", "/katalog/a%00b/", "/%00"],
)
def test_a_nul_byte_in_the_address_is_a_bad_request(visitor, address):
    assert visitor.get(address).status_code == 400


def test_a_nul_byte_smuggled_in_a_cookie_is_a_bad_request(visitor):
    assert visitor.get("/", headers={"Cookie": r'sessionid="a\000b"'}).status_code == 400


@pytest.mark.parametrize("address", ["?q=%ff", "?q=%ED%A0%80", "?q=%", "?%GG", "?" + "&".join("a" * 999), "?=;&&"])
def test_odd_but_readable_addresses_are_read(visitor, address):
    assert visitor.get(f"/kontakt/{address}").status_code == 200


def test_too_many_parameters_are_a_bad_request(visitor):
    assert visitor.get("/?" + "a=1&" * 1500).status_code == 400


@pytest.mark.django_db
def test_a_person_with_a_session_sees_the_500_page_when_the_database_is_down(visitor):
    visitor.cookies["sessionid"] = "abcdefghijklmnopqrstuvwxyz012345"
    with database_down():
        response = visitor.get("/kontakt/")
    assert response.status_code == 500
    assert "Strona chwilowo nie działa" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/kontakt/", "/prywatnosc/", "/zrodla-danych/", "/healthz"])
def test_pages_without_data_stay_up_when_the_database_is_down(visitor, path):
    with database_down():
        assert visitor.get(path).status_code == 200


def test_the_last_resort_needs_neither_templates_nor_static_files(visitor, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [], "APP_DIRS": False}]
    response = visitor.get("/test/500")
    assert response.status_code == 500
    assert "Spróbuj ponownie za kilka minut." in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_gets_the_friendly_403_page():
    response = Client(enforce_csrf_checks=True).post("/test/reads")
    assert response.status_code == 403
    assert "Formularz był otwarty zbyt długo" in response.content.decode()
