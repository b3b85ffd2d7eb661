"""The officers' form of a notice, from nothing to the public page."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from procurement.choices import NoticeState, Outcome
from procurement.models import ClauseKind, Notice, OrderingUnit
from procurement.models.postings import posting_address
from procurement.notices import steps
from tests.accounts.factories import account, authority
from tests.procurement.factories import NoticeFactory, PlanItemFactory, PlanVersionFactory, published
from tests.registry.factories import InstitutionFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF"


@pytest.fixture
def gmina():
    return authority(name="Gmina Mysłakowice")


@pytest.fixture
def officer(client, gmina):
    client.user = account(Role.OFFICER, authority=gmina)
    client.force_login(client.user)
    return client


def address(name, notice, *args):
    return reverse(f"procurement:{name}", args=[notice.pk, *args])


def step(notice, key):
    return address("notice_step", notice, key)


def send(client, url, **given):
    """Press the button of the page at `url` with these fields; the rest as the page shows it."""
    page = client.get(url)
    assert page.status_code == 200
    form = page.context.get("form")
    shown = {name: form[name].value() for name in form.fields} if form else {}
    data = {name: value for name, value in shown.items() if value not in (None, False, "")}
    if "shown" in page.context:
        data["shown"] = page.context["shown"]
    return client.post(url, data | given)


def test_a_notice_is_written_step_by_step_and_announced(officer, gmina):
    start = officer.post(reverse("procurement:notice_new"), {"buyer": str(gmina.pk), "subject": "Sprzątanie szkół"})
    notice = Notice.objects.get()
    assert start.url == step(notice, steps.WHAT)
    assert (notice.state, notice.authority, notice.contact_email) == (NoticeState.DRAFT, gmina, officer.user.email)

    answer = send(officer, step(notice, steps.WHAT), nature="uslugi", description="Trzy szkoły.")
    assert answer.url == step(notice, steps.VALUE)
    mode = "zapytanie"
    page = officer.get(step(notice, steps.VALUE))
    modes = {label: value for value, label in page.context["form"].fields["mode"].choices}
    send(
        officer, step(notice, steps.VALUE), value="180 000,50 zł", mode=modes["zapytanie ofertowe"], price_weight="60"
    )
    assert mode
    cpv = officer.post(step(notice, steps.CPV), cpv_page(officer, notice) | {"q": "sprzątanie szkół", "szukaj": "1"})
    assert [code.code8 for code in cpv.context["choice"].found][:1] == ["90919300"]
    officer.post(
        step(notice, steps.CPV), cpv_page(officer, notice) | {"cpv": ["90910000", "90919300"], "main": "90919300"}
    )
    send(officer, address("notice_new_clause", notice, "art96"), groups=["bezrobotni"], people="2", months="6")
    day = timezone.localdate() + timedelta(days=10)
    send(officer, step(notice, steps.TIMES), deadline_day=day.isoformat(), deadline_hour="09:00", area="0206072")
    upload = SimpleUploadedFile("SWZ.pdf", PDF)
    officer.post(step(notice, steps.DOCUMENTS), {"title": "", "file": upload, "url": ""})

    notice.refresh_from_db()
    assert (notice.value, notice.price_weight, notice.band) == (Decimal("180000.50"), 60, "krajowe")
    assert list(notice.cpv_links.values_list("code_id", flat=True)) == ["90919300", "90910000"]
    assert notice.clauses.get().people == 2
    summary = officer.get(address("notice", notice)).content.decode()
    assert "zapytanie ofertowe” jest dla zamówień" in summary.replace("\xa0", " ")
    assert "art. 96 ust. 4 PZP" in summary

    assert officer.post(address("notice_publish", notice), {"jak": "publish"}).url == address("notice", notice)
    officer.logout()
    page = officer.get(posting_address(notice.pk, notice.subject))
    text = page.content.decode().replace("\xa0", " ")
    assert page.status_code == 200
    for words in ("Sprzątanie szkół", "180 000,50 zł", "90919300-5", "2 osoby", "zostało 10 dni", "SWZ"):
        assert words in text


def cpv_page(client, notice):
    page = client.get(step(notice, steps.CPV))
    parts = page.context["parts"]
    data = {"shown": page.context["shown"]}
    for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"):
        data[f"czesci-{name}"] = parts.management_form[name].value()
    for form in parts:
        for name in form.fields:
            data[form.add_prefix(name)] = form[name].value() or ""
    return data


# What is typed wrong, and who else writes


def test_what_can_be_read_is_saved_and_what_cannot_is_kept_beside_its_error(officer, gmina):
    notice = NoticeFactory(authority=gmina, state=NoticeState.DRAFT)
    answer = send(officer, step(notice, steps.VALUE), value="około 5 tys.", price_weight="40", bzp_number="2026/12")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Zapisano to, co dało się odczytać" in text
    assert 'value="około 5 tys."' in text
    assert "Numer w BZP ma postać 2026/BZP 00012345/01." in text
    notice.refresh_from_db()
    assert (notice.value, notice.price_weight, notice.bzp_number) == (None, 40, "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("198765", "198765"),
        ("2026-10234-198765", "2026-10234-198765"),
        ("https://bazakonkurencyjnosci.funduszeeuropejskie.gov.pl/ogloszenia/198765", "198765"),
    ],
)
def test_a_number_of_baza_konkurencyjnosci_has_its_form(officer, gmina, typed, kept):
    notice = NoticeFactory(authority=gmina, state=NoticeState.DRAFT)
    assert send(officer, step(notice, steps.VALUE), bk_number=typed).status_code == 302
    notice.refresh_from_db()
    assert notice.bk_number == kept
    answer = send(officer, step(notice, steps.VALUE), bk_number="nr 12/x")
    assert answer.status_code == 422
    assert "ma postać 198765 albo" in answer.content.decode()


def test_of_a_public_notice_nothing_is_saved_until_all_of_it_can_be_read(officer, gmina):
    notice = NoticeFactory(authority=gmina, price_weight=60)
    answer = send(officer, step(notice, steps.VALUE), value="dużo", price_weight="40", reason="Pomyłka.")
    assert answer.status_code == 422
    answer = send(officer, step(notice, steps.VALUE), price_weight="40")
    assert answer.status_code == 422
    assert "Napisz dlaczego." in answer.content.decode()
    notice.refresh_from_db()
    assert (notice.price_weight, notice.steps.count()) == (60, 0)


def test_two_officers_at_one_step_see_both_and_the_second_decides(officer, gmina):
    notice = NoticeFactory(authority=gmina, state=NoticeState.DRAFT, place="Rynek 1")
    url = step(notice, steps.TIMES)
    shown = officer.get(url).context["shown"]
    officer.post(url, {"shown": shown, "place": "Rynek 2"})
    answer = officer.post(url, {"shown": shown, "place": "Rynek 3"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Miejsce realizacji: Rynek 2" in text
    assert 'value="Rynek 3"' in text
    officer.post(url, {"shown": answer.context["shown"], "place": "Rynek 3"})
    notice.refresh_from_db()
    assert notice.place == "Rynek 3"


def test_a_search_for_a_code_keeps_what_was_chosen_and_typed(officer, gmina):
    notice = NoticeFactory(authority=gmina, state=NoticeState.DRAFT)
    data = cpv_page(officer, notice) | {"cpv": ["90910000"], "q": "9091", "szukaj": "1", "czesci-0-subject": "Szkoły"}
    answer = officer.post(step(notice, steps.CPV), data)
    choice = answer.context["choice"]
    assert [code.code8 for code in choice.codes] == ["90910000"]
    assert choice.found
    assert all(code.code8.startswith("9091") and code not in choice.codes for code in choice.found)
    assert 'value="Szkoły"' in answer.content.decode()
    assert not notice.cpv_links.exists()


def test_a_correction_stands_on_the_public_page(officer, gmina):
    notice = NoticeFactory(authority=gmina, place="Rynek 1")
    url = step(notice, steps.TIMES)
    assert send(officer, url, place="Rynek 2", reason="Zmiana siedziby.").url == address("notice", notice)
    text = officer.get(posting_address(notice.pk, notice.subject)).content.decode()
    for words in ("Sprostowano", "Zmiana siedziby.", "Rynek 1</del>", "Rynek 2</ins>"):
        assert words in text


# Who sees what


@pytest.fixture
def stranger(client):
    client.force_login(account(Role.OFFICER, email="obca@example.pl"))
    return client


@pytest.mark.parametrize("state", [NoticeState.DRAFT, NoticeState.SCHEDULED])
def test_officers_of_other_authorities_see_nothing_unpublished(stranger, gmina, state):
    notice = NoticeFactory(authority=gmina, state=state, publish_at=timezone.now() + timedelta(days=3))
    file = SimpleUploadedFile("a.pdf", PDF)
    document = notice.documents.create(
        title="Opis", file=file, content_type="application/pdf", added_at=timezone.now()
    )  # fmt: skip
    pages = [address(name, notice) for name in ("notice", "notice_preview", "notice_publish")]
    pages += [reverse("procurement:document", args=[document.pk]), posting_address(notice.pk, notice.subject)]
    assert [stranger.get(page).status_code for page in pages] == [404] * 5
    assert notice.subject not in stranger.get(reverse("procurement:notice_list")).content.decode()


def test_an_officer_of_one_unit_has_no_say_in_the_others(client, gmina):
    school = OrderingUnit.objects.create(authority=gmina, name="Szkoła")
    client.force_login(account(Role.OFFICER, authority=gmina, ordering_unit=school))
    own = NoticeFactory(authority=gmina, unit=school, state=NoticeState.DRAFT, subject="Obiady dla szkoły")
    others = NoticeFactory(authority=gmina, state=NoticeState.DRAFT, subject="Remont ratusza")
    assert client.get(address("notice", own)).status_code == 200
    assert client.get(address("notice", others)).status_code == 404
    text = client.get(reverse("procurement:notice_list")).content.decode()
    assert "Obiady dla szkoły" in text
    assert "Remont ratusza" not in text
    form = client.get(reverse("procurement:notice_new")).context["form"]
    assert form.fields["buyer"].choices == [(f"{gmina.pk}-{school.pk}", f"{gmina}: {school}")]
    assert client.post(reverse("procurement:notice_new"), {"buyer": str(gmina.pk), "subject": "x"}).status_code == 422


def test_a_coordinator_works_with_every_authority(coordinator, gmina):
    notice = NoticeFactory(authority=gmina, state=NoticeState.DRAFT)
    assert coordinator.get(address("notice", notice)).status_code == 200
    assert notice.subject in coordinator.get(reverse("procurement:notice_list")).content.decode()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR])
def test_the_panel_leads_to_the_notices(client, role):
    client.force_login(account(role))
    assert f'href="{reverse("procurement:notice_list")}"' in client.get(reverse("panel")).content.decode()


# From a plan


def test_a_button_on_a_position_gives_a_draft(officer, gmina):
    item = PlanItemFactory(version=PlanVersionFactory(plan__authority=gmina))
    published(item.version)
    url = f"{reverse('procurement:notice_new')}?pozycja={item.position_id}"
    assert "Z pozycji 1.3.1 planu" in officer.get(url).content.decode()
    answer = officer.post(reverse("procurement:notice_new"), {"pozycja": item.position_id})
    notice = Notice.objects.get()
    assert answer.url == step(notice, steps.WHAT)
    assert notice.position == item.position


def test_a_position_that_left_the_plan_says_so_and_gives_no_draft(officer, gmina):
    item = PlanItemFactory(version=PlanVersionFactory(plan__authority=gmina))
    published(item.version)
    published(PlanItemFactory(version=PlanVersionFactory(plan=item.version.plan)).version)
    answer = officer.post(reverse("procurement:notice_new"), {"pozycja": item.position_id})
    assert answer.status_code == 422
    assert "Tej pozycji nie ma w ogłoszonej wersji planu." in answer.content.decode()
    assert not Notice.objects.exists()


def test_the_page_of_a_position_has_the_button_for_its_own_officers_only(officer, gmina):
    item = PlanItemFactory(version=PlanVersionFactory(plan__authority=gmina))
    published(item.version)
    url, button = posting_address(item.position_id, item.subject), "Zacznij ogłoszenie z tej pozycji"
    assert button in officer.get(url).content.decode()
    officer.logout()
    assert button not in officer.get(url).content.decode()
    officer.force_login(account(Role.OFFICER, email="obca@example.pl"))
    assert button not in officer.get(url).content.decode()


@pytest.mark.parametrize("number", ["999999", "x", "9" * 40, "-1"])
def test_a_position_that_is_not_ones_own_is_not_there(officer, number):
    others = PlanItemFactory()
    published(others.version)
    url = reverse("procurement:notice_new")
    assert officer.get(url, {"pozycja": number}).status_code == 404
    assert officer.get(url, {"pozycja": others.position_id}).status_code == 404


# How it ended


def test_results_and_reports_stand_on_the_public_page(officer, gmina):
    notice = NoticeFactory(authority=gmina)
    card = OrganisationFactory(institution=InstitutionFactory(name="Spółdzielnia Alfa"), published=True)
    today = timezone.localdate()
    url = address("result", notice, 0)
    search = send(officer, url, supplier_name="spółdzielnia alfa", decided_on=today, szukaj="1")
    assert [one.name for one in search.context["form"].candidates] == ["Spółdzielnia Alfa"]
    assert not notice.awards.exists()
    send(
        officer, url, supplier=card.institution_id, decided_on=today, value="90 000,00", offers="3", people_planned="2"
    )  # fmt: skip
    award = notice.awards.get()
    send(officer, address("performance", notice, award.pk), people_employed="2", months="6", kept="tak")
    text = officer.get(posting_address(notice.pk, notice.subject)).content.decode().replace("\xa0", " ")
    for words in (
        "Rozstrzygnięte.",
        card.get_absolute_url(),
        "90 000 zł",
        "podmiot ekonomii społecznej",
        "dotrzymano",
    ):
        assert words in text


def test_a_missing_number_of_a_report_is_said_to_be_missing(officer, gmina):
    notice = NoticeFactory(authority=gmina, state=NoticeState.CONCLUDED)
    award = notice.awards.create(supplier_name="Alfa", decided_on=date(2026, 1, 2))
    award.reports.create(reported_on=date(2026, 6, 30), people_employed=0)
    text = officer.get(posting_address(notice.pk, notice.subject)).content.decode()
    assert '<td role="cell" data-label="Zatrudnionych osób" class="numeric">0</td>' in text
    assert '<td role="cell" data-label="Miesięcy" class="numeric">nie podano</td>' in text


@pytest.mark.parametrize(
    ("outcome", "field"), [(Outcome.AWARDED, "supplier_name"), (Outcome.ANNULLED, "reason")]
)  # fmt: skip
def test_a_result_that_says_too_little_is_refused_beside_its_field(officer, gmina, outcome, field):
    notice = NoticeFactory(authority=gmina)
    answer = send(officer, address("result", notice, 0), outcome=outcome, decided_on=timezone.localdate())
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


# How much it costs


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_the_same_whatever_its_length(officer, gmina, number, django_assert_num_queries):
    for _ in range(number):
        NoticeFactory(authority=gmina, state=NoticeState.DRAFT)
    url = reverse("procurement:notice_list")
    officer.get(url)
    with django_assert_num_queries(6):
        assert officer.get(url).status_code == 200


# Whatever comes


HOSTILE = ["\0", "a" * 10_000, "9" * 400, "-1", "0001-01-01", "9999-12-31", "<script>", "١٢٣", "1e999", "NaN"]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_is_typed_breaks_a_page(officer, gmina, text):
    notice = NoticeFactory(authority=gmina)
    notice.parts.create(number=1, subject="Szkoły")
    pages = [step(notice, key) for key in (steps.WHAT, steps.VALUE, steps.TIMES, steps.CONTACT, steps.DOCUMENTS)]
    pages += [address("notice_new_clause", notice, code) for code in ("art94", "art95", "art96", "art104", "art242")]
    pages += [address("result", notice, 1), address("notice_publish", notice), address("notice_withdraw", notice)]
    for url in pages:
        form = officer.get(url).context["form"]
        answer = officer.post(
            url, dict.fromkeys(form.fields, text) | {"reason": text, "jak": "schedule", "usun": text}
        )
        assert answer.status_code in (200, 302, 409, 422), url
    data = cpv_page(officer, notice)
    for given in ({"q": text, "szukaj": "1"}, {"cpv": [text], "main": text}, {"czesci-0-number": text}):
        answer = officer.post(step(notice, steps.CPV), data | given | {"reason": text})
        assert answer.status_code in (200, 302, 422)
    assert officer.get(reverse("procurement:notice_list"), {"stan": text, "page": text}).status_code in (200, 400)


def typed(client, url, **given):
    """What a page with scripts asks for while somebody types."""
    return client.post(url, {"sprawdz": "1", **given}, headers={"HX-Request": "true"})


def test_remarks_follow_what_is_typed_and_nothing_is_saved(officer, gmina):
    notice = NoticeFactory(authority=gmina, state=NoticeState.DRAFT, value=None)
    answer = typed(officer, step(notice, "wartosc"), value="100 000", price_weight="90")
    words = answer.content.decode()
    assert "<html" not in words
    assert "Nie wybrano trybu." in words
    assert "Bez wartości nie wiadomo" not in words
    assert f'name="uwagi" value="{answer.context["checks_digest"]}"' in words
    notice.refresh_from_db()
    assert (notice.value, notice.price_weight, notice.steps.count()) == (None, None, 0)


def test_remarks_that_have_not_changed_are_not_sent_again(officer, gmina):
    notice = NoticeFactory(authority=gmina, state=NoticeState.DRAFT)
    shown = officer.get(step(notice, "wartosc")).context["checks_digest"]
    assert typed(officer, step(notice, "wartosc"), uwagi=shown).status_code == 204
    assert typed(officer, step(notice, "wartosc"), uwagi=shown, value="10").status_code == 200


def test_remarks_of_a_clause_are_of_this_clause_alone(officer, gmina):
    notice = NoticeFactory(authority=gmina, state=NoticeState.DRAFT)
    other = notice.clauses.create(kind=ClauseKind.objects.get(code="art95"))
    url = address("notice_new_clause", notice, "art96")
    page = officer.get(url)
    assert page.context["step_checks"] == []
    words = typed(officer, url, people="2").content.decode()
    assert "nie podano okresu zatrudnienia" in words
    assert "nie podano liczby osób" not in words
    assert "nie wymieniono czynności" not in words
    own = officer.get(address("notice_clause", notice, other.pk)).content.decode()
    assert "nie wymieniono czynności" in own
    assert notice.clauses.count() == 1
