"""Every page, file and letter that an applicant can open, searched for those who judge and for how they voted."""

import io
import re

import pypdf
import pytest

from accounts.choices import Role
from accounts.models import User
from notifications.models import OutgoingEmail
from quality_mark.choices import Actor
from quality_mark.choices import ApplicationState as A
from quality_mark.models import AgendaItem
from quality_mark.use_cases import agreements, assigning, deciding, messages
from quality_mark.voting import Choice
from tests.accounts.factories import account
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.office import applicant_of, signed_in

pytestmark = pytest.mark.django_db
HREF = re.compile(r'(?:href|src)="(/[^"#?]*)')
OPEN = ("/panel/", "/znak/", "/media/")


def opened(browser, *starts):
    """{address: text} of everything under the panel and the mark that leads from these pages, files as well."""
    seen, waiting = {}, list(starts)
    while waiting:
        place = waiting.pop()
        if place in seen or not place.startswith(OPEN):
            continue
        answer = browser.get(place, follow=True)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for closed in answer._resource_closers if answer.streaming else ():
            closed()
        assert answer.status_code in (200, 404), place
        if content.startswith(b"%PDF"):
            content = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).encode()
        seen[place] = content.decode(errors="replace")
        waiting += HREF.findall(seen[place])
    return seen


@pytest.mark.parametrize("step", ["grant", "refuse"])
def test_neither_names_nor_votes_nor_notes_of_those_who_judge(step):
    clerk, director = account(Role.COORDINATOR), account(Role.DIRECTOR)
    case = judging.case()
    person = applicant_of(case)
    first, second = judging.assigned(case, judging.assessors(), clerk).values()
    judging.scored(first, 4, 5)
    judging.scored(second, 5, 4)
    assigning.put(application_id=case.pk, actor=clerk, now=NOW)
    deciding.ask_for_more(application_id=case.pk, reason="Jakimi maszynami?", role=Actor.CLERK, actor=clerk, now=NOW)
    assigning.put(application_id=case.pk, actor=clerk, now=NOW)
    term, members = judging.commission_of(clerk)
    choices = dict.fromkeys(members, Choice.FOR if step == "grant" else Choice.AGAINST)
    choices[members[2]] = Choice.ABSTAIN
    sitting = judging.sitting_with(term, [case], clerk, members=members)
    judging.voted(AgendaItem.objects.get(), choices, clerk)
    judging.signed(sitting, members[0].person)
    judging.decided(case, step, director, reason="Uzasadnienie dla podmiotu.")
    if step == "grant":
        agreements.prepare(application_id=case.pk, now=NOW)
    messages.write(application_id=case.pk, text="Dzień dobry", is_of_office=True, actor=clerk, now=NOW)

    pages = opened(signed_in(person), "/panel/", "/panel/znak/", f"/panel/znak/{case.pk}/")
    told = " ".join([*pages.values(), *OutgoingEmail.objects.filter(to=person.email).values_list("body", flat=True)])
    assert len(pages) > 8
    assert "Uzasadnienie dla podmiotu." in told
    assert "Jakimi maszynami?" in told
    judges = User.objects.exclude(pk=person.pk)
    assert judges.count() == 7
    for one in judges:
        assert one.email not in told
    for secret in ("Bo tak.", "wstrzym", "przeciw:", "głosów za", "Protokół"):
        assert secret not in told, secret
    assert not re.search(r"\bza: \d|głos\w* (za|przeciw)", told)
    case.refresh_from_db()
    assert case.state == (A.GRANTED if step == "grant" else A.REFUSED)


def test_papers_of_the_commission_are_not_there_for_the_applicant():
    case = judging.case(A.COMMISSION)
    person = applicant_of(case)
    paper = case.papers.create(
        code="protokol", file="x.pdf", name="Protokół.pdf", content_type="application/pdf", size=1, sha256="0" * 64,
        is_of_office=True, is_shown=False, uploaded_at=NOW,
    )  # fmt: skip
    browser = signed_in(person)
    assert browser.get(f"/panel/znak/plik/{paper.pk}/").status_code == 404
    assert "Protokół.pdf" not in " ".join(opened(browser, f"/panel/znak/{case.pk}/").values())
