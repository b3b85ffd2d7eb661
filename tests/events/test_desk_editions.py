"""The admin of editions: logos, texts and forms in versions that are announced once."""

import pytest
import time_machine
from django.urls import reverse

from events.models import Edition, EditionLogo, EditionText, FormQuestion, FormVersion
from tests.events.admin_forms import change, errors_of, lines, management, picture, upload
from tests.events.factories import NOW, EditionFactory, EditionTextFactory, FormVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def edition_data(**given):
    day = {"starts_on": "2026-01-01", "ends_on": "2027-12-31", "personal_data_until": "2033-12-31"}
    return management("logos") | {"name": "Ekonomia społeczna", "number": "FEDS 1/26"} | day | given


def test_an_edition_gets_its_address_from_its_name_and_keeps_what_people_must_give(coordinator):
    data = edition_data(person_fields=["pesel", "plec"], contact_phone="71 000 00 00")
    assert coordinator.post(reverse("admin:events_edition_add"), data).status_code == 302
    edition = Edition.objects.get()
    assert (edition.slug, edition.person_fields, edition.contact_phone) == (
        "ekonomia-spoleczna-feds-126", ["pesel", "plec"], "+48710000000",
    )  # fmt: skip


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" %s><circle r="5"/>%s</svg>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (picture(), ".png"),
        (picture("JPEG"), ".jpg"),
        (SVG % (b"", b""), ".svg"),
        (SVG % (b"", b"<script>alert(1)</script>"), "skrypt albo odsyłacz"),
        (SVG % (b'onload="alert(1)"', b""), "skrypt albo odsyłacz"),
        (SVG % (b"", b'<image href="https://example.pl/a.png"/>'), "skrypt albo odsyłacz"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG % (b"", b"&a;"), "nagłówek DOCTYPE"),
        (b"<html></html>", "To nie jest plik PNG, JPG ani SVG"),
        (b"%PDF-1.7", "To jest plik PDF."),
        (b"", "pusty"),
    ],
)
def test_a_logo_is_known_by_its_content(coordinator, content, words):
    edition = EditionFactory()
    row = {"picture": upload("znak.gif", content), "words": "Fundusze Europejskie", "position": 0}
    response = coordinator.post(change(edition), edition_data(slug=edition.slug) | lines("logos", row))
    if words.startswith("."):
        assert EditionLogo.objects.get().picture.name.endswith(words)
    else:
        assert words in errors_of(response)
        assert not EditionLogo.objects.exists()


QUESTION = {"label": "Na jakim obszarze działa instytucja?", "answer": "choice", "choices": "gmina\npowiat\n"}


def test_questions_get_their_codes_from_their_labels_and_choices_one_a_line(coordinator):
    edition = EditionFactory()
    data = {"edition": edition.pk, "kind": "instytucja", "introduction": "", "valid_from": "2026-12-01"}
    rows = [QUESTION | {"position": 0}, QUESTION | {"position": 1}, QUESTION | {"position": 2, "code": "obszar"}]
    response = coordinator.post(reverse("admin:events_formversion_add"), data | lines("questions", *rows))
    assert response.status_code == 302
    form = FormVersion.objects.get()
    assert (form.version, form.published_at) == (1, None)
    assert list(form.questions.values_list("code", "choices")) == [
        ("na-jakim-obszarze-dziala-instytucja", ["gmina", "powiat"]),
        ("na-jakim-obszarze-dziala-instytucja-2", ["gmina", "powiat"]),
        ("obszar", ["gmina", "powiat"]),
    ]


def test_an_announced_version_is_only_read_in_the_admin(coordinator):
    text = EditionTextFactory()
    data = {"edition": text.edition_id, "kind": text.kind, "title": "Inny", "body": "x", "valid_from": "2026-01-01"}
    assert coordinator.get(change(text)).status_code == 200
    assert coordinator.post(change(text), data).status_code == 404
    form = FormVersionFactory()
    assert coordinator.post(change(form), lines("questions", QUESTION | {"position": 0})).status_code == 404
    assert (EditionText.objects.get().title, FormQuestion.objects.count()) == ("Regulamin uczestnictwa", 0)


def test_a_draft_is_announced_from_its_form_and_from_its_preview(coordinator):
    text = EditionTextFactory(published_at=None)
    data = {"edition": text.edition_id, "kind": text.kind, "title": "Regulamin", "body": "Nowy.", "_save": "1"}
    data |= {"valid_from": "2026-12-01", "events_editiontext_save_and_announce": "1"}
    assert coordinator.post(change(text), data).status_code == 302
    text.refresh_from_db()
    assert (text.body, text.published_at) == ("Nowy.", NOW)
    preview = reverse("events:text_preview", args=[text.pk])
    assert "Nowy." in coordinator.get(preview).content.decode()
    response = coordinator.post(preview, {"krok": "nowa"})
    draft = EditionText.objects.get(version=2)
    assert response["Location"] == change(draft)
    preview = reverse("events:text_preview", args=[draft.pk])
    assert coordinator.post(preview, {"krok": "oglos", "dzien": "jutro"}).status_code == 422
    assert coordinator.post(preview, {"krok": "oglos", "dzien": "2026-11-01"}).status_code == 422
    assert coordinator.post(preview, {"krok": "oglos", "dzien": "2027-01-01"}).status_code == 302
    draft.refresh_from_db()
    assert draft.published_at == NOW


def test_a_form_is_announced_with_the_questions_typed_at_the_same_time(coordinator):
    form = FormVersionFactory(published_at=None)
    data = {"edition": form.edition_id, "kind": form.kind, "introduction": "", "valid_from": "2026-12-01"}
    data |= lines("questions", QUESTION | {"position": 0}) | {"events_formversion_save_and_announce": "1"}
    assert coordinator.post(change(form), data).status_code == 302
    form.refresh_from_db()
    assert (form.published_at, form.questions.count()) == (NOW, 1)


def test_an_empty_form_is_not_announced_and_nothing_of_it_is_written(coordinator):
    form = FormVersionFactory(published_at=None)
    data = {"edition": form.edition_id, "kind": form.kind, "introduction": " ", "valid_from": "2026-12-01"}
    data |= lines("questions") | {"events_formversion_save_and_announce": "1"}
    assert "Ten formularz jest pusty" in errors_of(coordinator.post(change(form), data))
    form.refresh_from_db()
    assert form.published_at is None


def test_a_form_is_previewed_as_people_see_it(coordinator):
    form = FormVersionFactory(published_at=None, introduction="Dzień dobry.\n\n- raz\n- dwa")
    FormQuestion.objects.create(form=form, code="cel", label="Po co?", answer="several", choices=["a", "b"])
    page = coordinator.get(reverse("events:form_preview", args=[form.pk])).content.decode()
    assert all(words in page for words in ("Dzień dobry.", "<li>dwa</li>", "Po co?", 'type="checkbox"'))


def test_an_edition_is_closed_on_its_page(coordinator):
    edition = EditionFactory()
    address = reverse("events:close_edition", args=[edition.slug])
    assert "Napisz dlaczego." in coordinator.post(address, {"reason": " "}).content.decode()
    assert coordinator.post(address, {"reason": "Koniec środków."}).status_code == 302
    edition.refresh_from_db()
    assert edition.closed_at == NOW
