"""The applicant's pages: others see nothing, nothing typed is lost, a file stays, customers need no account."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from core import links
from notifications.models import OutgoingEmail
from quality_mark.choices import ApplicationState
from quality_mark.letters import RECOMMENDATION
from quality_mark.models import Application, Intake, Paper, Recommendation, RequiredPaper
from quality_mark.use_cases import papers
from registry.models import OrganisationKind
from tests.accounts.factories import account
from tests.quality_mark.factories import NOW, ApplicationFactory, RulebookFactory
from tests.registry.factories import OfferFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF"


@pytest.fixture
def rules():
    draft = RulebookFactory(announced=False)
    RequiredPaper.objects.create(rulebook=draft, code="wyciag", title="Wyciąg z rejestru")
    RequiredPaper.objects.create(rulebook=draft, code="statut", title="Statut", is_required=False)
    type(draft).objects.filter(pk=draft.pk).update(published_at=NOW)
    return draft


@pytest.fixture
def draft(rules):
    offer = OfferFactory(organisation__published=True)
    OrganisationKind.objects.filter(pk=offer.organisation.kind_id).update(may_hold_mark=True)
    Intake.objects.create(name="Nabór ciągły", opens_on="2026-01-01", announced_at=NOW)
    return ApplicationFactory(offer=offer, rulebook=rules)


@pytest.fixture
def person(draft):
    return account(Role.REPRESENTATIVE, organisation=draft.offer.organisation)


@pytest.fixture
def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def at(name, *args):
    return reverse(f"quality_mark:{name}", args=args)


def step(draft, name):
    return at("step", draft.pk, name)


def hidden(page):
    """What a page sends back beside what is typed."""
    found = re.findall(r'name="(seen|page)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def seen_on(client, address):
    return hidden(client.get(address).text)


def test_the_overview_names_offers_and_applications(browser_of, draft):
    page = browser_of.get(at("overview")).text
    assert draft.offer.name in page
    assert "wersja robocza" in page


@pytest.mark.parametrize(
    "name", ["application", "applicant", "to_sign", "summary", "papers", "recommendations", "withdrawal"]
)
def test_a_case_of_others_is_not_there(draft, name):
    stranger = Client()
    stranger.force_login(account(Role.REPRESENTATIVE, email="obcy@example.pl"))
    assert stranger.get(at(name, draft.pk)).status_code == 404
    assert Client().get(at(name, draft.pk)).status_code == 302


def test_what_is_wrong_is_kept_and_told_beside_the_field(browser_of, draft):
    typed = {"year1": "2025", "total1": "sto", "own1": "10"}
    answer = browser_of.post(step(draft, "przychody"), typed)
    assert answer.status_code == 422
    assert "Podaj kwotę, na przykład" in answer.text
    assert "Zapisano to, co dało się odczytać" in answer.text
    assert "nie został zapisany" not in answer.text
    again = browser_of.get(step(draft, "przychody"))
    assert 'value="sto"' in again.text


def test_a_step_that_is_right_leads_to_the_next_one(browser_of, draft):
    typed = {"year1": "2025", "total1": "1000", "own1": "299"}
    answer = browser_of.post(step(draft, "przychody"), typed)
    assert (answer.status_code, answer["Location"]) == (302, step(draft, "ankieta"))
    page = browser_of.get(step(draft, "przychody")).text.replace("\xa0", " ")
    assert "Przychody własne to 29,90 %" in page
    assert "nie spełnia tego kryterium" in page


def test_an_older_page_does_not_overwrite_what_another_person_saved(browser_of, draft):
    typed = {"aim": "Praca dla osób bezdomnych", "results": "Pięć osób"}
    old = seen_on(browser_of, step(draft, "cel"))
    browser_of.post(step(draft, "cel"), typed | old)
    answer = browser_of.post(step(draft, "cel"), typed | old | {"aim": "Co innego", "page": "inna"})
    assert answer.status_code == 409
    assert "Praca dla osób bezdomnych" in answer.text
    assert "Co innego" in answer.text
    assert Application.objects.get().answers["cel"]["aim"] == "Praca dla osób bezdomnych"
    # Whoever has read both and presses again has decided.
    browser_of.post(step(draft, "cel"), typed | hidden(answer.text) | {"aim": "Co innego"})
    assert Application.objects.get().answers["cel"]["aim"] == "Co innego"


def test_a_draft_is_kept_at_every_field_without_leaving_the_page(browser_of, draft):
    place, kept = step(draft, "przychody"), {"headers": {"HX-Request": "true"}}
    page = hidden(browser_of.get(place).text)
    line = browser_of.post(place, page | {"year1": "2025", "total1": "1000"}, **kept)
    assert line.status_code == 200
    assert re.search(r"zapisano o \d\d:\d\d", line.text)
    assert "<html" not in line.text
    page |= hidden(line.text)
    line = browser_of.post(place, page | {"year1": "2025", "total1": "1000", "own1": "299"}, **kept)
    assert "Przychody własne to 29,90 %" in line.text.replace("\xa0", " ")
    assert Application.objects.get().answers["przychody"]["own1"] == "299"


def test_what_is_kept_by_itself_says_what_two_have_changed(browser_of, draft):
    place, kept = step(draft, "cel"), {"headers": {"HX-Request": "true"}}
    mine, other = hidden(browser_of.get(place).text), hidden(browser_of.get(place).text)
    browser_of.post(place, other | {"aim": "Druga osoba", "results": "Pięć osób"}, **kept)
    line = browser_of.post(place, mine | {"aim": "Pierwsza osoba", "results": ""}, **kept).text
    assert "Jaki cel społeczny realizuje podmiot: Druga osoba" in line
    assert "Ktoś inny zmienił w tym kroku: Co się udało w ostatnim roku." in line
    # It stays told until somebody decides, whatever else is typed.
    line = browser_of.post(place, mine | hidden(line) | {"aim": "Pierwsza osoba", "results": "Sześć"}, **kept).text
    assert "Druga osoba" in line
    assert Application.objects.get().answers["cel"] == {"aim": "Druga osoba", "results": "Pięć osób", "groups": []}


def test_keeping_by_itself_is_refused_in_words_when_the_draft_was_withdrawn(browser_of, draft):
    page = hidden(browser_of.get(step(draft, "cel")).text)
    Application.objects.update(state=ApplicationState.WITHDRAWN, decided_at=NOW)
    line = browser_of.post(step(draft, "cel"), page | {"aim": "x"}, headers={"HX-Request": "true"})
    assert (line.status_code, line["X-Kept"]) == (200, "1")
    assert "Nie zapisano. Tego wniosku nie można teraz zmieniać." in line.text


@pytest.mark.parametrize("text", ["a\0b", "Ż" * 20_000, "9" * 5_000, "²", '=cmd|" /C calc"!A0'])
@pytest.mark.parametrize("name", ["oferta", "cel", "przychody", "ankieta", "oswiadczenia"])
def test_no_words_break_a_step(browser_of, draft, name, text):
    fields = ["product", "aim", "groups", "year1", "total1", "own1", "true", "seen", "page"]
    assert browser_of.post(step(draft, name), dict.fromkeys(fields, text)).status_code < 500
    assert browser_of.get(step(draft, name)).status_code == 200
    assert browser_of.get(at("summary", draft.pk)).status_code == 200


def upload(content=PDF, name="wyciąg.pdf"):
    return SimpleUploadedFile(name, content)


def test_a_file_stays_from_its_first_upload_and_is_kept_once(browser_of, draft):
    for _ in range(2):
        assert (
            browser_of.post(at("papers", draft.pk), {"dodaj": "wyciag", "wyciag-files": upload()}).status_code == 302
        )
    paper = Paper.objects.get()
    assert paper.name == "wyciąg.pdf"
    page = browser_of.get(at("papers", draft.pk)).text
    assert "wyciąg.pdf" in page
    file = browser_of.get(at("paper", paper.pk))
    assert b"".join(file.streaming_content) == PDF
    file.close()
    assert file["Cache-Control"] == "private, no-store"


def test_files_chosen_anywhere_on_the_page_are_kept_whatever_is_pressed(browser_of, draft):
    sent = {"dalej": "1", "wyciag-files": upload(), "statut-files": upload(b"%PDF-1.4\n%%EOF", "statut.pdf")}
    answer = browser_of.post(at("papers", draft.pk), sent)
    assert answer.url == at("step", draft.pk, "oswiadczenia")
    kept = dict(Paper.objects.values_list("code", "pk"))
    assert kept.keys() == {"wyciag", "statut"}
    wrong = {
        "usun": kept["statut"],
        "statut-files": upload(b"MZ", "wirus.exe"),
        "wyciag-files": upload(b"%PDF-1.5\n%%EOF"),
    }
    answer = browser_of.post(at("papers", draft.pk), wrong)
    assert answer.status_code == 422
    assert "wirus.exe" in answer.text
    assert list(Paper.objects.filter(removed_at=None).values_list("code", flat=True)) == ["wyciag", "wyciag"]


def test_pressing_add_without_a_file_says_so_and_going_on_does_not(browser_of, draft):
    assert "Wybierz plik." in browser_of.post(at("papers", draft.pk), {"dodaj": "wyciag"}).text
    assert browser_of.post(at("papers", draft.pk), {"dalej": "1"}).url == at("step", draft.pk, "oswiadczenia")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "nie jest tym, na co wygląda"),
        (b"%PDF-1.7\n<</S/JavaScript/JS (app.alert(1))>>\n%%EOF", "zawiera skrypt"),
        (b"", "Plik jest pusty"),
    ],
)
def test_a_file_that_is_no_document_is_refused_in_words(browser_of, draft, content, words):
    answer = browser_of.post(at("papers", draft.pk), {"dodaj": "wyciag", "wyciag-files": upload(content)})
    assert answer.status_code == 422
    assert words in answer.text
    assert not Paper.objects.exists()


def test_a_photo_of_60_megabytes_is_refused_in_words(browser_of, draft, person):
    photo = SimpleUploadedFile("zdjęcie.jpg", b"\xff\xd8\xff")
    photo.size = 60 * 1024 * 1024
    with pytest.raises(papers.Refused, match="ma 60 MB, a może mieć najwyżej 25 MB"):
        papers.add_paper(application_id=draft.pk, code="wyciag", upload=photo, actor=person, now=NOW)


def test_a_file_of_a_case_is_no_file_of_others(browser_of, draft):
    browser_of.post(at("papers", draft.pk), {"dodaj": "wyciag", "wyciag-files": upload()})
    paper = Paper.objects.get()
    for role, status in ((Role.REPRESENTATIVE, 404), (Role.ASSESSOR, 404), (Role.COORDINATOR, 404)):
        client = Client()
        client.force_login(account(role, email=f"inny-{role}@example.pl"))
        answer = client.get(at("paper", paper.pk))
        assert answer.status_code == status
        for closable in answer._resource_closers:
            closable()


def test_a_customer_recommends_by_link_without_an_account(browser_of, draft):
    asked = {"zapytaj": "1", "ask-recommender": "Szkoła nr 3", "ask-email": "szkola@example.pl"}
    assert browser_of.post(at("recommendations", draft.pk), asked).status_code == 302
    browser_of.post(at("recommendations", draft.pk), asked)
    row = Recommendation.objects.get()
    letter = OutgoingEmail.objects.get()
    address = at("recommend", links.token(RECOMMENDATION, row))
    assert letter.to == "szkola@example.pl"
    assert "/znak/rekomendacja/" in letter.body
    customer = Client()
    assert customer.post(address, {"text": "", "signed_name": "Jan", "function": ""}).status_code == 422
    said = {"text": "Obiady zawsze na czas.", "signed_name": "Anna N.", "function": "dyrektorka"}
    assert customer.post(address, said).status_code == 200
    row.refresh_from_db()
    assert (row.text, bool(row.given_at)) == ("Obiady zawsze na czas.", True)
    assert "Obiady zawsze na czas." in browser_of.get(at("recommendations", draft.pk)).text


ASKED = {"ask-recommender": "Szkoła nr 3", "ask-email": "szkola@example.pl"}


def brought():
    return {"paper-recommender": "Przedszkole", "paper-files": upload()}


def test_a_request_that_was_typed_and_not_sent_stops_whoever_goes_on(browser_of, draft):
    answer = browser_of.post(at("recommendations", draft.pk), ASKED | brought() | {"dalej": "1"})
    assert answer.status_code == 422
    assert "Ta prośba jeszcze nie wyszła" in answer.text
    assert 'value="szkola@example.pl"' in answer.text
    assert [(one.recommender, bool(one.paper)) for one in Recommendation.objects.all()] == [("Przedszkole", True)]
    assert not OutgoingEmail.objects.exists()


def test_what_was_typed_in_one_form_outlasts_the_buttons_of_the_other(browser_of, draft):
    page = browser_of.post(at("recommendations", draft.pk), ASKED | brought() | {"dolacz": "1"})
    assert page.status_code == 200
    assert 'value="szkola@example.pl"' in page.text
    [row] = Recommendation.objects.all()
    page = browser_of.post(at("recommendations", draft.pk), ASKED | {"usun": row.pk})
    assert 'value="szkola@example.pl"' in page.text
    assert not Recommendation.objects.exists()
    browser_of.post(at("recommendations", draft.pk), ASKED | brought() | {"zapytaj": "1"})
    assert Recommendation.objects.count() == 2


def test_enter_in_the_second_form_is_no_press_of_the_first(browser_of, draft):
    sent = {"zapytaj": "1", "ask-recommender": "", "ask-email": ""} | brought()
    assert browser_of.post(at("recommendations", draft.pk), sent).status_code == 302
    assert Recommendation.objects.get().paper


def test_who_has_nothing_to_add_goes_on(browser_of, draft):
    empty = {"ask-recommender": "", "ask-email": "", "paper-recommender": "", "dalej": "1"}
    assert browser_of.post(at("recommendations", draft.pk), empty).url == at("papers", draft.pk)
    assert "Podaj, kto poleca." in browser_of.post(at("recommendations", draft.pk), empty | {"zapytaj": "1"}).text


def test_after_the_application_was_sent_a_recommendation_stays_as_it_is(draft):
    row = draft.recommendations.create(recommender="Szkoła", email="s@example.pl", text="Dobrze.", given_at=NOW)
    Application.objects.update(state=ApplicationState.WITHDRAWN, decided_at=NOW)
    address = at("recommend", links.token(RECOMMENDATION, row))
    answer = Client().post(address, {"text": "Źle.", "signed_name": "Jan", "function": "x"})
    assert "nie można teraz zmienić" in answer.text
    row.refresh_from_db()
    assert row.text == "Dobrze."


def complete(draft, person):
    texts = {"product": "Obiady", "quality": "Smak", "distinction": ""}
    answers = {
        "oferta": texts,
        "cel": {"aim": "Praca", "groups": [], "results": "Pięć osób"},
        "przychody": {"year1": "2025", "total1": "1000", "own1": "500"},
        "ankieta": {},
        "oswiadczenia": {"true": "on", "rules_known": "on", "may_sign": "on"},
    }
    Application.objects.filter(pk=draft.pk).update(answers=answers)
    for name in ("Szkoła", "Gmina"):
        draft.recommendations.create(recommender=name, text="Polecam.", given_at=NOW)
    papers.add_paper(application_id=draft.pk, code="wyciag", upload=upload(), actor=person, now=NOW)


def test_a_complete_draft_can_always_be_sent(browser_of, draft, person):
    page = browser_of.get(at("summary", draft.pk))
    assert "Złóż wniosek" not in page.text
    assert "Brakuje dokumentu: Wyciąg z rejestru." in page.text
    complete(draft, person)
    assert "Wniosek jest kompletny" in browser_of.get(at("summary", draft.pk)).text
    for _ in range(2):
        answer = browser_of.post(at("summary", draft.pk), {"declare-name": "Ola Nowak"})
        assert (answer.status_code, answer["Location"]) == (302, at("application", draft.pk))
    sent = Application.objects.get()
    assert (sent.state, sent.signed_by, sent.signed_name) == (ApplicationState.SUBMITTED, "oswiadczenie", "Ola Nowak")
    page = browser_of.get(at("application", draft.pk)).text
    assert sent.number in page
    assert "przyjmie wniosek do oceny formalnej" in page


def test_a_withdrawn_application_is_over(browser_of, draft):
    assert "Wycofać wniosek?" in browser_of.get(at("withdrawal", draft.pk)).text
    browser_of.post(at("withdrawal", draft.pk), {"reason": "Zmiana planów"})
    gone = Application.objects.get()
    assert (gone.state, gone.steps.get().note) == (ApplicationState.WITHDRAWN, "Zmiana planów")
    answer = browser_of.post(step(draft, "cel"), {"aim": "x"})
    assert answer.status_code == 422
    assert "nie można teraz zmieniać" in answer.text


@pytest.mark.parametrize("number", [1, 30])
def test_the_overview_asks_the_same_however_much_there_is(browser_of, draft, number, django_assert_num_queries):
    for _ in range(number):
        ApplicationFactory(offer=OfferFactory(organisation=draft.offer.organisation), rulebook=draft.rulebook)
    with django_assert_num_queries(7):
        assert browser_of.get(at("overview")).status_code == 200


def test_the_panel_tells_what_waits_for_the_organisation(browser_of, draft):
    page = browser_of.get(reverse("panel")).text
    assert f"{draft.offer}: wniosek o znak nie jest jeszcze złożony" in page
    assert at("overview") in page
    Application.objects.update(state=ApplicationState.WITHDRAWN, decided_at=NOW)
    assert "wniosek o znak nie jest" not in browser_of.get(reverse("panel")).text


def test_a_draft_can_be_given_up_from_any_of_its_steps_and_is_told_as_withdrawn(browser_of, draft):
    way = at("withdrawal", draft.pk)
    assert way in browser_of.get(step(draft, "oferta")).text
    assert way in browser_of.get(at("summary", draft.pk)).text
    browser_of.post(way)
    draft.refresh_from_db()
    assert (draft.state, draft.number) == (ApplicationState.WITHDRAWN, "")
    page = browser_of.get(at("summary", draft.pk)).text
    assert "Wniosek jest wycofany" in page
    assert "Wniosek jest złożony" not in page
    assert way not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [("submitted", "ruszy, gdy wniosek będzie kompletny"), ("correction", "stoi, bo czekamy na uzupełnienie")],
)
def test_the_clock_is_told_in_the_list_also_before_it_runs(browser_of, draft, state, words):
    Application.objects.filter(pk=draft.pk).update(state=state, number="ZP/2026/001", submitted_at=NOW)
    assert f"Czas na rozpatrzenie: {words}" in browser_of.get(at("overview")).text


def test_a_phone_offers_its_camera_for_papers_none_of_which_is_demanded_at_once(browser_of, draft):
    fields = re.findall(r'<input type="file"[^>]*>', browser_of.get(at("papers", draft.pk)).text)
    assert len(fields) == 2
    assert all("image/jpeg" in one and " required" not in one for one in fields)
