"""The second factor: setting it up, using it, losing it; staff see nothing before they have one."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from accounts.choices import Role
from accounts.factors import has_second_factor
from accounts.models import TrailEntry
from notifications.models import OutgoingEmail
from tests.accounts.factories import account
from tests.browser.doors import PASSWORD, with_password

pytestmark = pytest.mark.django_db


def code_for(secret):
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


@pytest.fixture
def person(client):
    user = with_password(account(email="ola@example.pl"))
    sign_in(client)
    return user


def sign_in(client, path="/konto/logowanie/"):
    return client.post(path, {"login": "ola@example.pl", "password": PASSWORD})


def add_app(client):
    path = "/konto/drugi-skladnik/aplikacja/dodaj/"
    again = client.get(path)
    assert again.url.startswith("/konto/potwierdz/?next=")
    assert client.post(again.url, {"password": PASSWORD}).url == path
    secret = re.search(r'class="secret">(\w+)<', client.get(path).content.decode())[1]
    assert client.post(path, {"code": code_for(secret)}).status_code == 302
    return secret


def kinds():
    return list(TrailEntry.objects.order_by("pk").values_list("kind", flat=True))


def test_an_app_is_added_and_then_asked_for(client, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        secret = add_app(client)
    assert has_second_factor(person)
    assert OutgoingEmail.objects.filter(template="accounts/email/factor_added", to="ola@example.pl").count() == 1
    client.post("/konto/wylogowanie/")
    assert sign_in(client).url == "/konto/drugi-skladnik/logowanie/"
    assert client.get("/konto/").status_code == 302
    assert client.post("/konto/drugi-skladnik/logowanie/", {"code": "000000"}).status_code == 200
    assert client.get("/konto/").status_code == 302
    assert client.post("/konto/drugi-skladnik/logowanie/", {"code": next_code(secret)}).url == "/panel/"
    assert set(kinds()) == {"signed_in", "signed_out", "factor_added", "sign_in_refused"}


def next_code(secret):
    """A code is good once; the one of the next half minute is not used up, and clocks may differ by so much."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[-1]))


def test_a_recovery_code_opens_once_and_is_told(client, person):
    add_app(client)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    for code, opens in ((codes[0], True), (codes[0], False), (codes[1], True)):
        client.post("/konto/wylogowanie/")
        sign_in(client)
        answer = client.post("/konto/drugi-skladnik/logowanie/", {"code": code})
        assert (answer.status_code == 302) is opens
    assert kinds().count("recovery_used") == 2


def test_recovery_codes_are_shown_again_after_the_password_and_looking_writes_nothing(client, person):
    path = "/konto/drugi-skladnik/kody/"
    assert client.get(path).status_code == 302
    add_app(client)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    for _ in range(2):
        page = client.get(path).content.decode()
        assert all(code in page for code in codes)
    client.post("/konto/wylogowanie/")
    assert client.get(path).url.startswith("/konto/logowanie/")


def test_secrets_are_not_readable_in_the_database(client, person):
    secret = add_app(client)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert not any(one in kept for one in (secret, *codes))


def test_a_new_secret_key_still_opens_what_the_former_one_sealed(client, person, settings):
    add_app(client)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
    assert Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes() == codes


@pytest.fixture
def strict(settings):
    settings.STAFF_SECOND_FACTOR = "required"


@pytest.mark.parametrize("path", ["/", "/katalog/", "/konto/", "/konto/haslo/", "/admin/", "/panel/", "/nie/ma/"])
def test_staff_are_led_to_the_second_factor_from_everywhere(client, strict, path):
    client.force_login(account(Role.COORDINATOR))
    assert client.get(path).url == "/konto/drugi-skladnik/"
    assert "wymaga drugiego składnika" in client.get("/konto/drugi-skladnik/").content.decode()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DIRECTOR, Role.COMMISSION, Role.ASSESSOR])
def test_every_staff_role_is_meant(client, strict, role):
    client.force_login(account(role))
    assert client.get("/katalog/").url == "/konto/drugi-skladnik/"


def test_others_and_visitors_are_not_asked(client, strict):
    assert client.get("/katalog/").status_code == 200
    client.force_login(account(Role.REPRESENTATIVE))
    assert client.get("/katalog/").status_code == 200


def test_staff_may_sign_out_without_one(client, strict):
    client.force_login(account(Role.COORDINATOR))
    assert client.post("/konto/wylogowanie/").url == "/"
    assert client.get("/katalog/").status_code == 200


def test_with_one_the_portal_is_open_and_the_last_one_stays(client, strict):
    user = with_password(account(Role.COORDINATOR, email="ola@example.pl"))
    sign_in(client)
    add_app(client)
    assert client.get("/katalog/").status_code == 200
    answer = client.post("/konto/drugi-skladnik/aplikacja/usun/")
    assert "Twoja rola wymaga drugiego składnika" in answer.content.decode()
    assert has_second_factor(user)


def test_sessions_are_listed_and_ended_one_by_one(client, person):
    others = [type(client)(), type(client)()]
    for other in others:
        sign_in(other)
    rows = client.get("/konto/sesje/").context["rows"]
    assert [row["is_here"] for row in rows] == [False, False, True]
    client.post("/konto/sesje/", {"session": rows[0]["pk"]})
    assert [other.get("/konto/").status_code for other in others] == [200, 302]
    client.post("/konto/sesje/")
    assert others[0].get("/konto/").status_code == 302
    assert client.get("/konto/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(client, person):
    stranger = type(client)()
    with_password(account(email="obca@example.pl"))
    stranger.post("/konto/logowanie/", {"login": "obca@example.pl", "password": PASSWORD})
    row = stranger.get("/konto/sesje/").context["rows"][0]
    client.post("/konto/sesje/", {"session": row["pk"]})
    assert stranger.get("/konto/").status_code == 200


@pytest.mark.parametrize("others", [1, 30])
def test_the_list_of_sessions_asks_as_much_for_one_session_as_for_thirty(
    client, person, others, django_assert_num_queries
):
    for _ in range(others):
        sign_in(type(client)())
    with django_assert_num_queries(4):
        client.get("/konto/sesje/")


def test_the_address_changes_after_proof_and_the_old_one_is_told(client, person):
    path = "/konto/adres/"
    answer = client.post(path, {"action_add": "", "email": "nowa@example.pl"})
    client.post(answer.url, {"password": PASSWORD})
    letter = OutgoingEmail.objects.get(template="accounts/email/confirm_address")
    assert letter.to == "nowa@example.pl"
    person.refresh_from_db()
    assert person.email == "ola@example.pl"
    client.post(re.search(r"http://testserver(\S+)", letter.body)[1])
    person.refresh_from_db()
    assert person.email == "nowa@example.pl"
    assert OutgoingEmail.objects.get(template="accounts/email/address_changed").to == "ola@example.pl"
    assert kinds() == ["signed_in", "email_changed"]


def test_a_change_of_password_ends_other_sessions_and_is_told(client, person):
    other = type(client)()
    sign_in(other)
    wrong = client.post("/konto/haslo/", {"oldpassword": "zle", "password1": "zupelnie-inne-slowa-42"})
    assert "Obecne hasło jest inne." in wrong.content.decode()
    answer = client.post("/konto/haslo/", {"oldpassword": PASSWORD, "password1": "zupelnie-inne-slowa-42"})
    assert answer.url == "/konto/"
    assert client.get("/konto/").status_code == 200
    assert other.get("/konto/").status_code == 302
    assert OutgoingEmail.objects.get(template="accounts/email/password_changed").to == "ola@example.pl"


def test_the_question_for_a_key_does_not_need_an_account(client):
    answer = client.post("/konto/drugi-skladnik/klucze/logowanie/")
    assert answer.json()["request_options"]["publicKey"]["challenge"]
    nonsense = client.post("/konto/drugi-skladnik/klucze/logowanie/", {"credential": '{"a": 1}'})
    assert nonsense.url == "/konto/logowanie/"


def test_a_name_is_changed_on_the_overview(client, person):
    assert client.post("/konto/", {"full_name": "Ola Nowa"}).url == "/konto/"
    person.refresh_from_db()
    assert person.full_name == "Ola Nowa"
    assert "To pole jest wymagane" in client.post("/konto/", {"full_name": ""}).content.decode()


def test_a_session_opened_by_the_password_alone_ends_with_the_first_factor(
    client, strict, django_capture_on_commit_callbacks
):
    with_password(account(Role.COORDINATOR, email="ola@example.pl"))
    elsewhere = type(client)()
    for browser in (client, elsewhere):
        sign_in(browser)
    assert elsewhere.get("/admin/").url == "/konto/drugi-skladnik/"
    with django_capture_on_commit_callbacks(execute=True):
        add_app(client)
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").url.startswith("/admin/login/")


UNREADABLE = [
    "null",
    "[]",
    "{}",
    '{"id":1}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{}}',
    "[" * 100_000,
]


@pytest.mark.parametrize("answer", UNREADABLE)
def test_what_no_key_sends_is_a_wrong_key(client, person, answer):
    by_key = "/konto/drugi-skladnik/klucze/logowanie/"
    add = "/konto/drugi-skladnik/klucze/dodaj/"
    client.post(client.get(add).url, {"password": PASSWORD})
    client.get(add)
    assert client.post(add, {"name": "telefon", "credential": answer}).status_code == 200
    stranger = type(client)()
    stranger.post(by_key)
    assert stranger.post(by_key, {"credential": answer}).url == "/konto/logowanie/"
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    sign_in(stranger)
    assert stranger.post("/konto/drugi-skladnik/logowanie/", {"credential": answer}).status_code == 200


def test_a_used_link_leads_whoever_is_signed_in_to_their_address(client, person):
    page = client.get("/konto/adres/nieaktualny:klucz:x/").content.decode()
    assert ('href="/konto/adres/"' in page, "przy logowaniu wyślemy" in page) == (True, False)


def test_the_ways_to_prove_oneself_have_the_portals_names(client, person):
    add_app(client)
    page = client.get("/konto/potwierdz/?next=/konto/").content.decode()
    assert ("Podaj kod z aplikacji albo kod zapasowy" in page, "Authenticator" in page) == (True, False)
    held = client.get("/konto/dane/").content.decode()
    assert ("TOTP" in held, "kody zapasowe" in held) == (False, True)
