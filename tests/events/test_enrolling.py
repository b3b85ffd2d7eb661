"""An institution from its NIP to an accepted form."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from events.choices import EnrolmentState
from events.models import Delegation, Enrolment, FormQuestion, Participant
from events.use_cases.enrolment import enrolling as use_cases
from events.use_cases.enrolment.editions import close_edition
from registry.models import Institution
from tests.accounts.factories import account, hold
from tests.events.enrolling import (
    STEPS,
    accepted,
    address,
    complete,
    coordinator,
    draft,
    edition,
    fill,
    hidden,
    letters,
    opened,
    person,
    scan,
    signed_in,
    submitted,
    to_sign,
)
from tests.events.factories import NOW, EnrolmentFactory
from tests.registry.factories import InstitutionFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
NIP = "8881000049"


def start(client, one, nip=NIP, email="jan@example.pl"):
    return client.post(f"/projekty/{one.slug}/zgloszenie/", {"nip": nip, "email": email})


def test_the_whole_way_from_a_nip_to_an_accepted_form(client):
    one = edition()
    assert start(client, one, nip="888-100-00-49")["Location"] == f"/projekty/{one.slug}/zgloszenie/wyslane/"
    enrolment = Enrolment.objects.get()
    [letter] = letters()
    assert letter.to == "jan@example.pl"
    [link] = re.findall(r"http://testserver(/zgloszenie/\S+)", letter.body)
    assert client.get(link, follow=True).status_code == 200

    complete(client, enrolment)
    assert "Zgłoszenie jest pełne" in client.get(address(enrolment, "enrolment_summary")).content.decode()
    client.post(address(enrolment, "enrolment_summary"))
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.form.version, enrolment.regulations.version) == ("do-podpisu", 1, 1)
    client.post(address(enrolment, "enrolment_state"), {"files": [scan()]})

    office = coordinator()
    assert "Fundacja Zielony Próg" in opened(office, enrolment).content.decode()
    office.post(f"/panel/zgloszenia/{enrolment.pk}/", {"accept": "1"})
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.ACCEPTED
    assert enrolment.institution == Institution.objects.get(nip=NIP)
    assert [one.template.rpartition("/")[2] for one in letters()][-2:] == ["enrolment_accepted", "participant_link"]
    assert letters("participant_link")[0].to == "ola@example.pl"


def test_a_known_nip_fills_in_what_the_register_says_of_the_legal_person_and_nothing_of_people(client):
    known = InstitutionFactory(nip=NIP, name="Spółdzielnia Przykład", phone="+48717704050", email="prezes@example.pl")
    start(client, edition())
    enrolment = Enrolment.objects.get()
    copied = ("name", "regon", "krs", "legal_form_id", "street", "house_number", "town", "municipality_id")
    assert [getattr(enrolment, name) for name in copied] == [getattr(known, name) for name in copied]
    assert (enrolment.phone, enrolment.email, enrolment.contact_email) == ("", "jan@example.pl", "")


def test_who_takes_part_already_is_told_to_nobody_but_by_letter_to_their_own_address(client):
    one = edition()
    there = EnrolmentFactory(edition=one, accepted=True, email="biuro@example.pl", contact_email="")
    unknown = start(client, one, nip=NIP)
    known = start(client, one, nip=there.nip)
    assert unknown["Location"] == known["Location"]
    assert [letter.to for letter in letters()] == ["jan@example.pl", "biuro@example.pl"]
    assert Enrolment.objects.filter(nip=there.nip).count() == 1


def test_starting_twice_in_a_minute_begins_one_form_and_sends_one_letter():
    one = edition()
    for email in ("jan@example.pl", "JAN@example.pl"):
        use_cases.start(edition_id=one.pk, nip=NIP, email=email, now=NOW)
    assert (Enrolment.objects.count(), len(letters())) == (1, 1)
    use_cases.start(edition_id=one.pk, nip=NIP, email="kto@example.pl", now=NOW)
    assert Enrolment.objects.count() == 2  # nobody can keep a NIP for themselves by a draft


def test_machines_get_the_same_answer_and_begin_nothing(client):
    one = edition()
    given = {"nip": NIP, "email": "a@example.pl", "website": "http://example.pl"}
    assert client.post(f"/projekty/{one.slug}/zgloszenie/", given).status_code == 302
    assert Enrolment.objects.count() == 0


@pytest.mark.parametrize("nip", ["", "123", "8990000084", "abc", "9" * 500])
def test_an_impossible_nip_is_said_beside_the_field(client, nip):
    answer = start(client, edition(), nip=nip)
    assert answer.status_code == 422
    assert answer.context["form"].errors["nip"]
    assert Enrolment.objects.count() == 0


def test_somebody_of_the_institution_starts_from_the_panel_with_everything_filled_in(client):
    one = edition()
    card = OrganisationFactory(published=True, institution__nip=NIP, institution__name="Spółdzielnia Przykład")
    user = account()
    hold(user, Role.REPRESENTATIVE, organisation=card)
    signed_in(client, user)
    assert "Spółdzielnia Przykład" in client.get("/panel/projekty/").content.decode()
    answer = client.post(f"/projekty/{one.slug}/zgloszenie/{card.institution_id}/")
    enrolment = Enrolment.objects.get()
    assert answer["Location"].startswith("/zgloszenie/")
    assert (enrolment.institution, enrolment.started_by, enrolment.name) == (
        card.institution, user, "Spółdzielnia Przykład",
    )  # fmt: skip
    client.post(f"/projekty/{one.slug}/zgloszenie/{card.institution_id}/")
    assert Enrolment.objects.count() == 1
    stranger = InstitutionFactory()
    assert client.post(f"/projekty/{one.slug}/zgloszenie/{stranger.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("step", "field", "typed", "words"),
    [
        ("instytucja", "name", "", "Podaj pełną nazwę instytucji."),
        ("instytucja", "category", "", "Wybierz kategorię."),
        ("instytucja", "regon", "12345", "REGON"),
        ("adres", "postal_code", "dużo", "kod"),
        ("adres", "municipality", "9999999", "Wybierz"),
        ("adres", "phone", "nie mam", "telefonu"),
        ("adres", "email", "biuro@", "e-mail"),
        ("kontakt", "contact_email", "jan", "e-mail"),
    ],
)
def test_a_step_is_saved_though_something_in_it_is_wrong_and_what_was_typed_stays(client, step, field, typed, words):
    enrolment = draft()
    answer = fill(client, enrolment, step, **{field: typed})
    assert answer.status_code == 422
    assert "Zapisano" in answer.content.decode()
    again = client.get(address(enrolment, "enrolment_step", step)).context["form"]
    assert again.data[field] == typed
    assert words.lower() in " ".join(again.errors[field]).lower()
    others = {name: value for name, value in STEPS[step].items() if name not in (field, "phone", "contact_phone")}
    assert {name: again.data[name] for name in others} == others
    summary = client.get(address(enrolment, "enrolment_summary"))
    assert field in [fault.field for fault in summary.context["faults"]]
    assert client.post(address(enrolment, "enrolment_summary")).status_code == 422


def test_an_incomplete_draft_leaves_letters_an_address_to_go_to(client):
    enrolment = draft(email="biuro@example.pl")
    fill(client, enrolment, "adres", email="")
    enrolment.refresh_from_db()
    assert enrolment.email == "biuro@example.pl"


def test_an_address_outside_the_region_needs_no_municipality(client):
    enrolment = draft()
    assert fill(client, enrolment, "adres", municipality="spoza", town="Warszawa").status_code == 302
    enrolment.refresh_from_db()
    assert (enrolment.municipality_id, enrolment.county_id) == (None, None)
    faults = client.get(address(enrolment, "enrolment_summary")).context["faults"]
    assert "municipality" not in [fault.field for fault in faults]


def test_two_people_at_one_step_are_told_and_nothing_is_lost(client):
    enrolment = draft()
    path = address(enrolment, "enrolment_step", "kontakt")
    mine = client.get(path).context["shown"]
    theirs = STEPS["kontakt"] | {"contact_name": "Ewa Przykładowa", "shown": mine}
    assert client.post(path, theirs).status_code == 302
    late = client.post(path, STEPS["kontakt"] | {"contact_name": "Adam Przykładowy", "shown": mine})
    assert late.status_code == 409
    assert "Ewa Przykładowa" in late.content.decode()
    assert 'value="Adam Przykładowy"' in late.content.decode()
    enrolment.refresh_from_db()
    assert enrolment.contact_name == "Ewa Przykładowa"
    shown = late.context["shown"]
    client.post(path, STEPS["kontakt"] | {"contact_name": "Adam Przykładowy", "shown": shown})
    enrolment.refresh_from_db()
    assert enrolment.contact_name == "Adam Przykładowy"


def test_a_double_click_on_a_step_is_no_conflict(client):
    enrolment = draft()
    path = address(enrolment, "enrolment_step", "kontakt")
    given = STEPS["kontakt"] | {"contact_name": "Ewa Przykładowa", "shown": client.get(path).context["shown"]}
    assert [client.post(path, given).status_code for _ in range(2)] == [302, 302]


def test_a_change_of_a_form_that_waits_for_signatures_has_it_printed_anew(client):
    enrolment = to_sign(client)
    assert client.get(address(enrolment, "enrolment_pdf")).status_code == 200
    fill(client, enrolment, "kontakt", contact_name="Ewa Przykładowa")
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.DRAFT
    assert client.get(address(enrolment, "enrolment_pdf")).status_code == 404


def test_a_second_form_of_the_same_nip_is_stopped_before_it_is_signed(client):
    one = edition()
    first, second = draft(one, nip=NIP), draft(one, nip=NIP)
    complete(client, first)
    complete(client, second)
    assert client.post(address(first, "enrolment_summary")).status_code == 302
    answer = client.post(address(second, "enrolment_summary"))
    assert answer.status_code == 422
    assert "ma już zgłoszenie" in answer.content.decode()


def test_preparing_twice_is_one(client):
    enrolment = draft()
    complete(client, enrolment)
    assert [client.post(address(enrolment, "enrolment_summary")).status_code for _ in range(2)] == [302, 302]


def test_what_is_sent_cannot_be_changed_by_an_old_page(client):
    enrolment = draft()
    page = address(enrolment, "enrolment_step", "kontakt")
    old = client.get(page).context["shown"]
    complete(client, enrolment)
    client.post(address(enrolment, "enrolment_summary"))
    client.post(address(enrolment, "enrolment_state"), {"files": [scan()]})
    answer = client.post(page, STEPS["kontakt"] | {"contact_name": "Kto Inny", "shown": old})
    assert answer.status_code == 422
    assert "Kto Inny" in answer.content.decode()  # still there to be copied
    client.post(address(enrolment, "enrolment_people"), person(email="kto@example.pl"))
    assert Delegation.objects.filter(enrolment=enrolment).count() == 1
    enrolment.refresh_from_db()
    assert enrolment.contact_name == "Jan Przykładowy"


def test_an_edition_closed_half_way_can_be_read_and_not_sent_and_letters_tell(client):
    enrolment = to_sign(client)
    other = draft(enrolment.edition)
    close_edition(edition_id=enrolment.edition_id, actor=None, reason="Koniec środków.", now=NOW)
    assert len(letters("enrolment_closed")) == 4  # two addresses each
    page = client.get(address(other, "enrolment_step", "kontakt"))
    assert "została zamknięta" in page.content.decode()
    assert "Zapisz i przejdź dalej" not in page.content.decode()
    answer = client.post(address(enrolment, "enrolment_state"), {"files": [scan()]})
    assert answer.status_code == 422
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.papers.count()) == (EnrolmentState.TO_SIGN, 0)
    assert start(client, enrolment.edition, nip=NIP).status_code == 422


def test_every_page_of_a_form_is_for_its_link_only(client):
    enrolment, other = draft(), draft()
    token = address(enrolment).split("/")[2]
    for wrong in (token[:-1], token + "x", token.replace(":", ""), "a", "a:b:c"):
        assert client.get(f"/zgloszenie/{wrong}/").status_code == 404
    delegation = accepted().delegations.get()
    assert client.get(address(other, "enrolment_person", delegation.pk)).status_code == 404
    assert client.get(address(enrolment, "enrolment_step", "nie-ma")).status_code == 404
    page = client.get(address(enrolment, "enrolment_step", "adres"))
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"


def test_the_token_is_not_kept_in_history(client):
    from pghistory.models import Context

    enrolment = draft()
    fill(client, enrolment, "kontakt")
    assert {one.metadata["url"] for one in Context.objects.all()} == {"(enrolment)"}


def test_accepting_binds_to_the_register_and_overwrites_nothing_there(client):
    enrolment = submitted(client)
    known = InstitutionFactory(nip=enrolment.nip, name="Nazwa z rejestru", street="ul. Stara")
    office = coordinator()
    opened(office, enrolment)
    office.post(f"/panel/zgloszenia/{enrolment.pk}/", {"accept": "1"})
    enrolment.refresh_from_db()
    known.refresh_from_db()
    assert enrolment.institution == known
    assert (known.name, known.street, enrolment.name) == ("Nazwa z rejestru", "ul. Stara", "Fundacja Zielony Próg")
    office.post(f"/panel/zgloszenia/{enrolment.pk}/", {"accept": "1"})  # a second click
    assert len(letters("enrolment_accepted")) == 2
    assert Participant.objects.count() == 1


def test_a_file_among_the_answers_is_kept_once_though_another_field_is_wrong_and_the_replaced_one_goes(
    client, settings
):
    one = edition()
    FormQuestion.objects.create(form=one.forms.get(kind="instytucja"), code="statut", label="Statut", answer="file")
    enrolment = draft(one)

    def files():
        return [path.relative_to(settings.MEDIA_ROOT).as_posix() for path in settings.MEDIA_ROOT.rglob("*.pdf")]

    answer = fill(client, enrolment, "pytania", **{"pytanie-statut": scan("statut.pdf"), "pytanie-zasieg": ""})
    assert answer.status_code == 422
    enrolment.refresh_from_db()
    first = enrolment.answers["statut"]
    assert files() == [first]
    fill(client, enrolment, "pytania", **{"pytanie-statut": scan("nowy.pdf")})
    enrolment.refresh_from_db()
    assert files() == [enrolment.answers["statut"]] != [first]
    path = address(enrolment, "enrolment_step", "pytania")
    late = client.post(path, {"pytanie-statut": scan("inny.pdf")} | hidden(client.get(path)) | {"shown": "stare"})
    assert late.status_code == 409
    assert files() == [enrolment.answers["statut"]]

    complete(client, enrolment)
    client.post(address(enrolment, "enrolment_summary"))
    client.post(address(enrolment, "enrolment_state"), {"files": [scan()]})
    office = coordinator()
    path = f"/panel/zgloszenia/{enrolment.pk}/odpowiedz/statut/"
    assert office.get(path).status_code == 404
    assert path in opened(office, enrolment).content.decode()
    sent = office.get(path)
    assert sent["Content-Disposition"].startswith("attachment")
    for closable in sent._resource_closers:
        closable()


def test_the_list_of_own_projects_asks_as_often_for_one_form_as_for_thirty(client):
    one = edition()
    user = signed_in(client, account()).session["_auth_user_id"]

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/panel/projekty/").status_code == 200
        return len(queries)

    EnrolmentFactory(edition=one, started_by_id=user)
    asked()
    single = asked()
    for _ in range(29):
        EnrolmentFactory(edition=one, started_by_id=user)
    assert asked() == single


def test_the_panel_says_what_waits_for_the_office_and_for_the_institution(client):
    enrolment = submitted(client)
    assert "Do sprawdzenia: 1 zgłoszenie instytucji" in coordinator().get("/panel/").content.decode()
    known = OrganisationFactory(published=True, institution__nip=NIP)
    user = account(email="rep@example.pl")
    hold(user, Role.REPRESENTATIVE, organisation=known)
    EnrolmentFactory(edition=enrolment.edition, nip=NIP, name="Nasza", institution=known.institution)
    assert "Nasza: zgłoszenie nie jest jeszcze gotowe" in signed_in(client, user).get("/panel/").content.decode()
