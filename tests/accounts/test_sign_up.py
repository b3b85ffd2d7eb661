"""Sign-up, proof of the address, sign-in and reset: each way of asking is answered alike."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings

from accounts.choices import Role
from accounts.models import TrailEntry, User
from notifications.models import OutgoingEmail
from tests.accounts.factories import account

pytestmark = pytest.mark.django_db
PASSWORD = "wiadro-kotlina-parasol-7"
NEWCOMER = {"full_name": "Ewa Próbna", "email": "ewa@example.pl", "password1": PASSWORD, "terms": "on"}


def member(email="ola@example.pl", *, password=PASSWORD, verified=True):
    user = User.objects.create_user(email, password, full_name="Ola Próbna")
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=verified)
    return user


def link_to(email):
    body = OutgoingEmail.objects.filter(to=email).latest("pk").body
    return re.search(re.escape(settings.SITE_URL) + r"(\S+)", body)[1]


def sign_in(client, email="ola@example.pl", password=PASSWORD):
    return client.post("/konto/logowanie/", {"login": email, "password": password})


def told():
    return list(TrailEntry.objects.order_by("pk").values_list("kind", "subject__email"))


def test_somebody_signs_up_proves_the_address_in_another_browser_and_signs_in(client):
    answer = client.post("/konto/rejestracja/", NEWCOMER)
    assert (answer.status_code, answer.url) == (302, "/konto/adres/list/")
    link = link_to("ewa@example.pl")
    assert sign_in(client, "ewa@example.pl").url == "/konto/adres/list/"
    elsewhere = type(client)()
    assert "Potwierdź adres" in elsewhere.get(link).content.decode()
    assert not EmailAddress.objects.get().verified
    assert elsewhere.post(link).url == "/konto/logowanie/"
    assert EmailAddress.objects.get().verified
    assert User.objects.get().full_name == "Ewa Próbna"
    assert sign_in(elsewhere, "ewa@example.pl").url == "/panel/"
    assert "ewa@example.pl" in elsewhere.get("/konto/").content.decode()
    assert told() == [("signed_in", "ewa@example.pl")]


def test_a_used_link_says_so_and_changes_nothing(client):
    client.post("/konto/rejestracja/", NEWCOMER)
    link = link_to("ewa@example.pl")
    client.post(link)
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 200
        assert "Ten odsyłacz jest nieaktualny" in answer.content.decode()


def test_signing_up_does_not_tell_that_there_is_an_account(client):
    member()
    taken = client.post("/konto/rejestracja/", NEWCOMER | {"email": "Ola@example.pl"})
    fresh = type(client)().post("/konto/rejestracja/", NEWCOMER)
    assert (taken.status_code, taken.url) == (fresh.status_code, fresh.url)
    assert {letter.template: letter.to for letter in OutgoingEmail.objects.all()} == {
        "accounts/email/already_registered": "ola@example.pl",
        "accounts/email/confirm_sign_up": "ewa@example.pl",
    }


def test_asking_for_a_new_password_does_not_tell_that_there_is_an_account(client):
    member()
    answers = [client.post("/konto/haslo/nowe/", {"email": email}) for email in ("ola@example.pl", "nikt@example.pl")]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/konto/haslo/nowe/list/")] * 2
    assert {letter.template: letter.to for letter in OutgoingEmail.objects.all()} == {
        "accounts/email/reset_password": "ola@example.pl",
        "accounts/email/unknown_account": "nikt@example.pl",
    }


def test_signing_in_says_the_same_of_a_wrong_password_and_of_no_account(client):
    member()
    pages = [
        sign_in(client, email, "zle-haslo-tutaj").content.decode() for email in ("ola@example.pl", "x@example.pl")
    ]
    assert all("E-mail albo hasło są nieprawidłowe." in page for page in pages)
    assert told() == [("sign_in_refused", "ola@example.pl"), ("sign_in_refused", None)]
    assert "x@example.pl" not in str(list(TrailEntry.objects.values()))


def test_a_letter_asked_for_twice_goes_once(client):
    member()
    for _ in range(3):
        client.post("/konto/haslo/nowe/", {"email": "ola@example.pl"})
    assert OutgoingEmail.objects.count() == 1


def test_a_new_password_by_link_ends_every_session_and_the_link(client):
    member()
    other = type(client)()
    sign_in(other)
    client.post("/konto/haslo/nowe/", {"email": "ola@example.pl"})
    link = link_to("ola@example.pl")
    assert client.get(link).status_code == 200
    assert "sessionid" not in client.cookies
    new = "zupelnie-inne-slowa-42"
    assert client.post(link, {"password1": new}).url == "/konto/haslo/nowe/gotowe/"
    assert other.get("/konto/").status_code == 302
    assert "Ten odsyłacz jest nieaktualny" in client.get(link).content.decode()
    assert sign_in(client, password=new).url == "/panel/"
    assert [kind for kind, _ in told()] == ["signed_in", "password_changed", "signed_in"]


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("krotkie-1", "To hasło jest za krótkie"),
        ("asdfghjkl;'a", "sąsiednie klawisze"),
        ("Ewa Próbna 1", "Twoje imię, nazwisko albo adres"),
        ("abcdefghijklmn", "kolejne litery albo cyfry"),
        ("2024-03-12-03", "łatwą do odgadnięcia"),
        ("a" * 5000, "powtarza te same znaki"),
    ],
)
def test_a_guessable_password_is_refused_with_the_reason(client, password, why):
    answer = client.post("/konto/rejestracja/", NEWCOMER | {"password1": password})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert why in page
    assert 'value="Ewa Próbna"' in page
    assert not User.objects.exists()


def test_what_no_account_can_hold_is_refused_beside_the_field(client):
    long = {"email": "a" * 300 + "@example.pl", "full_name": "n" * 121}
    form = client.post("/konto/rejestracja/", NEWCOMER | long).context["form"]
    assert {"email", "full_name"} <= set(form.errors)


def test_an_account_that_is_off_does_not_open(client):
    user = member()
    user.is_active = False
    user.save()
    assert sign_in(client).url == "/konto/wylaczone/"
    assert client.get("/konto/").status_code == 302


def test_signing_in_leads_nowhere_else(client):
    member()
    answer = client.post("/konto/logowanie/?next=//zly.example/", {"login": "ola@example.pl", "password": PASSWORD})
    assert answer.url == "/panel/"


def test_the_door_of_the_admin_is_the_same_door(client):
    answer = client.get("/admin/login/?next=/admin/registry/offer/")
    assert answer.url == "/konto/logowanie/?next=/admin/registry/offer/"


def test_a_password_is_changed_in_one_place_only(client):
    client.force_login(account(Role.ADMINISTRATOR))
    assert client.get("/admin/password_change/").url == "/konto/haslo/"


def test_too_many_attempts_are_answered_with_the_portals_own_page(client):
    for _ in range(31):
        answer = client.post("/konto/rejestracja/", {})
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    assert "Odczekaj 60" in answer.content.decode()


def test_after_five_wrong_passwords_the_right_one_waits_too(client):
    member()
    for _ in range(5):
        sign_in(client, password="zle-haslo-tutaj")
    assert "Spróbuj ponownie za 5 minut" in sign_in(client).content.decode()


def test_an_address_that_another_account_has_only_announced_is_nobodys_yet(client):
    other = member()
    EmailAddress.objects.create(user=other, email="ewa@example.pl", primary=False, verified=False)
    client.post("/konto/haslo/nowe/", {"email": "ewa@example.pl"})
    client.post("/konto/rejestracja/", NEWCOMER | {"email": "ewa@example.pl"})
    assert list(OutgoingEmail.objects.order_by("pk").values_list("to", "template")) == [
        ("ewa@example.pl", "accounts/email/unknown_account"),
        ("ewa@example.pl", "accounts/email/confirm_sign_up"),
    ]


def test_a_link_for_a_new_password_is_of_no_use_once_the_account_is_off(client):
    user = member()
    client.post("/konto/haslo/nowe/", {"email": user.email})
    link = link_to(user.email)
    User.objects.update(is_active=False)
    assert "Ten odsyłacz jest nieaktualny" in client.get(link).content.decode()
    client.post(link, {"password1": "parasol-wiadro-kotlina-8"})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_name_is_one_line(client):
    client.post("/konto/rejestracja/", NEWCOMER | {"full_name": "Ewa\r\n\r\nTwoje konto\u2028wygasa"})
    assert User.objects.get().full_name == "Ewa Twoje konto wygasa"
