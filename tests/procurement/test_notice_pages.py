"""The officers' form of a notice, from nothing to the public page."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from procurement.choices import NoticeState
from procurement.models import Notice
from procurement.models.postings import posting_address
from procurement.notices import steps
from tests.accounts.factories import account, authority

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
