"""After its time nothing of a case tells of a person: no row, no history, no letter, no file. Records stay longer."""

import io
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from accounts.choices import Role
from accounts.models import User
from accounts.use_cases.retention import forget, forgettable
from core.files import letting_go, sweeping
from notifications.models import OutgoingEmail
from quality_mark.applying.content import sections
from quality_mark.choices import ApplicationState, Gone, MarkState
from quality_mark.keeping import RECORDS
from quality_mark.models import (
    Application,
    Assessment,
    Certificate,
    Complaint,
    Mark,
    MarkStep,
    Paper,
    Review,
    Sitting,
    Step,
    Suspension,
)
from quality_mark.use_cases import assessing, assigning, certificates, documents, messages, minutes, own_data, visiting
from tests.accounts.factories import account
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.marks import holder, marked
from tests.quality_mark.office import applicant_of, clerk, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Wyjątkowska"
DAY = timedelta(days=1)


def after(days):
    return NOW + timedelta(days=days + 2)


def night(now):
    return {code: forget(code, clock=lambda: now) for code in forgettable()}


def tables_with(words):
    """Tables that hold these words in any column, found by asking the database itself; JSON escapes no letter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT 1 FROM "{table}" t WHERE t::text ILIKE %s LIMIT 1', [f"%{words}%"])  # noqa: S608
            if cursor.fetchone():
                found.append(table)
    return sorted(found)


def files():
    def walk(folder):
        folders, names = default_storage.listdir(folder) if default_storage.exists(folder) else ([], [])
        yield from (f"{folder}/{name}".lstrip("/") for name in names)
        for one in folders:
            yield from walk(f"{folder}/{one}".lstrip("/"))

    return sorted(walk(""))


def files_with(words):
    return [name for name in files() if words in text_of(name)]


def text_of(name):
    with default_storage.open(name) as file:
        content = file.read()
    if content.startswith(b"%PDF-") and b"/Page" in content:
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("­", "")
    return content.decode("utf-8", "replace")


def photo():
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "JPEG")
    return SimpleUploadedFile("Wyjątkowska przy pracy.jpg", file.getvalue())


@pytest.fixture
def case():
    """A case from the application to a refusal, with the name of a person wherever somebody may write."""
    person = clerk()
    one = judging.case(
        answers={"cel": {"aim": f"Zatrudniamy panią {NAME}"}}, signed_name=f"Anna {NAME}", signed_by="oswiadczenie",
        applicant={"name": "Spółdzielnia", "nip": "8971801234"},
    )  # fmt: skip
    applicant = applicant_of(one)
    one.recommendations.create(
        recommender=f"Firma {NAME}", email=f"{NAME}@example.pl".replace("ą", "a"), text=f"Pani {NAME} poleca",
        signed_name=f"Ewa {NAME}", function="prezes", given_at=NOW,
    )  # fmt: skip
    upload = Paper(application=one, code="wyciag", name=f"dyplom {NAME}.pdf", content_type="application/pdf", size=8)
    upload.sha256, upload.uploaded_at, upload.uploaded_by = "a" * 64, NOW, applicant
    upload.file.save("a.pdf", ContentFile(f"%PDF-1.7 {NAME}".encode()))
    documents.draw_application(application_id=one.pk, sections=sections, now=NOW)
    documents.keep(one, code="wezwanie", name="wezwanie.pdf", content=f"%PDF-1.7 {NAME}".encode(), now=NOW)
    call = one.calls.create(number=1, text=f"Pani {NAME}", sent_at=NOW, due_at=NOW + DAY, answered_at=NOW)
    call.faults.create(number=1, text=f"Brak podpisu: {NAME}", before={"x": NAME})
    messages.write(application_id=one.pk, text=f"Pisze {NAME}", is_of_office=False, actor=applicant, now=NOW)
    for criterion in one.rulebook.formalcriterion_set.all():
        one.verdicts.create(criterion=criterion, is_met=True, note=f"por. {NAME}", at=NOW)
    people = judging.assessors()
    rows = judging.assigned(one, people, person)
    visiting.record_visit(
        application_id=one.pk, visited_on=NOW.date(), note=f"Rozmawiano z: {NAME}", photos=[photo()],
        actor=people[0], now=NOW,
    )  # fmt: skip
    visiting.comment(application_id=one.pk, text=f"Uwaga o {NAME}", actor=people[0], now=NOW)
    for row in rows.values():
        judging.scored(row, 5, 5)
    first = Assessment.objects.filter(application=one).first()
    with transaction.atomic():
        assessing.reopen(assessment_id=first.pk, reason=f"Pomyłka: {NAME}", actor=person, now=NOW)
    judging.scored(first, 5, 5)
    Assessment.objects.filter(application=one).update(comment=f"Pani {NAME}")
    assigning.put(application_id=one.pk, actor=person, now=NOW)
    judging.recommended(one, person, choice=judging.Choice.AGAINST)
    director = account(Role.DIRECTOR, email="dyrektor@example.pl")
    judging.decided(one, "refuse", director, reason=f"Zdaniem Kapituły {NAME} nie wystarczy.")
    Step.objects.create(
        application=one,
        name="untake",
        source="formal_check",
        target="submitted",
        role="biuro",
        note=f"o {NAME}",
        at=NOW,
    )
    Complaint.objects.create(application=one, text=f"Skarży się {NAME}", filed_at=NOW)
    Complaint.objects.update(decided_at=NOW, outcome="oddalona", answer=f"Szanowna Pani {NAME}")
    OutgoingEmail.objects.update(sent_at=NOW)
    one.refresh_from_db()
    return one


def test_of_a_case_only_its_records_tell_of_people_after_its_time(case):
    before = tables_with(NAME)
    assert len(before) >= 14, before
    assert len(files_with(NAME)) >= 4
    removed = night(after(settings.MARK_CASES_KEPT_DAYS))
    assert removed["quality_mark.applications"] == 1
    assert tables_with(NAME) == ["quality_mark_complaint", "quality_mark_step"]
    kept = Paper.objects.get(code="odmowa")
    assert files_with(NAME) == [kept.file.name]
    assert sorted(files()) == sorted([kept.file.name, Sitting.objects.get().minutes.name])
    case.refresh_from_db()
    assert (case.state, case.applicant["name"], case.forgotten_at) == (
        ApplicationState.REFUSED,
        "Spółdzielnia",
        after(settings.MARK_CASES_KEPT_DAYS),
    )


def test_after_the_time_of_records_nothing_is_left_but_that_there_was_a_case(case):
    night(after(settings.MARK_CASES_KEPT_DAYS))
    removed = night(after(settings.MARK_RECORDS_KEPT_DAYS))
    assert (removed["quality_mark.records"], removed["quality_mark.minutes"]) == (1, 1)
    assert tables_with(NAME) == []
    assert files() == []
    assert set(Paper.objects.values_list("gone_why", flat=True)) == {Gone.TIME}
    assert not Paper.objects.filter(sha256="").exists()
    sitting = Sitting.objects.get()
    assert (bool(sitting.minutes), bool(sitting.minutes_sha256), bool(sitting.signed_at)) == (False, True, True)
    assert set(night(after(settings.MARK_RECORDS_KEPT_DAYS)).values()) == {0}


def test_a_night_before_nothing_goes(case):
    now = NOW + timedelta(days=settings.MARK_CASES_KEPT_DAYS) - timedelta(seconds=1)
    stood = files()
    assert forget("quality_mark.applications", clock=lambda: now) == 0
    assert files() == stood
    now = NOW + timedelta(days=settings.MARK_RECORDS_KEPT_DAYS) - timedelta(seconds=1)
    assert forget("quality_mark.records", clock=lambda: now) == forget("quality_mark.minutes", clock=lambda: now) == 0


def test_the_times_are_settings(case, settings):
    settings.MARK_CASES_KEPT_DAYS = 10
    assert forget("quality_mark.applications", clock=lambda: NOW + 11 * DAY) == 1


def test_a_case_that_was_opened_anew_is_forgotten_again(case):
    night(after(settings.MARK_CASES_KEPT_DAYS))
    later = after(settings.MARK_CASES_KEPT_DAYS) + DAY
    Application.objects.filter(pk=case.pk).update(decided_at=later, signed_name=NAME)
    assert forget("quality_mark.applications", clock=lambda: later + DAY) == 0
    assert forget("quality_mark.applications", clock=lambda: later + settings.MARK_CASES_KEPT_DAYS * DAY + DAY) == 1
    assert Application.objects.get().signed_name == ""


def test_pages_say_when_a_file_went_and_why_instead_of_a_dead_link(case):
    now = after(settings.MARK_CASES_KEPT_DAYS)
    person, mine = clerk("nowa@example.pl"), applicant_of(case, "nowy@example.pl")
    night(now)
    for user, page in ((person, "case"), (mine, "application")):
        told = signed_in(user).get(reverse(f"quality_mark:{page}", args=[case.pk])).content.decode()
        assert "minął okres przechowywania" in told
        assert "Treść wniosku usunięto" in told.replace("\xa0", " ")
        assert "Oświadczenia</h2>" not in told
        gone = Paper.objects.exclude(gone_at=None)
        assert [one.pk for one in gone if reverse("quality_mark:paper", args=[one.pk]) in told] == []
    paper = gone.get(code="wniosek")
    assert signed_in(mine).get(reverse("quality_mark:paper", args=[paper.pk])).status_code == 404
    assert signed_in(person).get(reverse("quality_mark:case_paper", args=[paper.pk])).status_code == 404
    assert "usunięto dnia" in paper.gone_words


def test_a_sitting_whose_minutes_are_gone_is_still_a_page(case):
    night(after(settings.MARK_RECORDS_KEPT_DAYS))
    sitting = Sitting.objects.get()
    page = signed_in(clerk("nowa@example.pl")).get(reverse("quality_mark:sitting", args=[sitting.pk]))
    assert page.status_code == 200
    assert "minął okres przechowywania" in page.content.decode()


@pytest.mark.parametrize("kept", ["MARK_CASES_KEPT_DAYS", "MARK_RECORDS_KEPT_DAYS"])
def test_no_page_of_a_forgotten_case_breaks_or_remembers(case, kept):
    night(after(settings.MARK_CASES_KEPT_DAYS))
    if kept == "MARK_RECORDS_KEPT_DAYS":
        night(after(settings.MARK_RECORDS_KEPT_DAYS))
    assessment = Assessment.objects.first()
    item = Sitting.objects.get().items.get()
    pages = {
        applicant_of(case, "nowy@example.pl"): [
            ("overview",), ("application", case.pk), ("summary", case.pk), ("own_messages", case.pk),
            ("own_call", case.pk), ("papers", case.pk), ("recommendations", case.pk), ("step", case.pk, "cel"),
        ],
        clerk("nowa@example.pl"): [
            ("case_board",), ("case", case.pk), ("formal_check", case.pk), ("case_messages", case.pk),
            ("assigning_case", case.pk), ("sitting", item.sitting_id), ("agenda_item", item.pk), ("commission",),
        ],
        User.objects.get(email="dyrektor@example.pl"): [
            ("decisions",), ("decision", case.pk), ("agenda_item", item.pk),
        ],
        assessment.assessor: [("assessments",), ("assessment", assessment.pk)],
    }  # fmt: skip
    seen = 0
    for person, names in pages.items():
        browser = signed_in(person)
        for name, *args in names:
            answer = browser.get(reverse(f"quality_mark:{name}", args=args), follow=True)
            assert answer.status_code in (200, 404), name
            seen += answer.status_code == 200
            if kept == "MARK_RECORDS_KEPT_DAYS":
                assert NAME not in answer.text, name
    assert seen >= 12


def test_a_certificate_that_is_gone_is_told_and_its_mark_still_verified(client):
    mark = marked()
    one = Certificate.objects.create(licence=mark.licences.get(), asked_at=NOW)
    certificates.make(one.pk, now=NOW)
    Mark.objects.filter(pk=mark.pk).update(state=MarkState.EXPIRED, since=NOW.date())
    assert forget("quality_mark.records", clock=lambda: after(settings.MARK_RECORDS_KEPT_DAYS)) == 1
    one.refresh_from_db()
    assert (bool(one.file), len(one.sha256), files()) == (False, 64, [])
    mine = signed_in(holder(mark))
    assert "certyfikat usunięto dnia" in mine.get(reverse("quality_mark:own_mark", args=[mark.pk])).text.replace(
        "\xa0", " "
    )
    assert mine.get(reverse("quality_mark:certificate", args=[one.pk])).status_code == 404
    assert mark.number in client.get(f"/znak/weryfikacja/{mark.number.replace('/', '-')}/").text


def test_a_rollback_keeps_the_files_of_a_case(case):
    stood = files()
    with transaction.atomic():
        night(after(settings.MARK_CASES_KEPT_DAYS))
        transaction.set_rollback(True)
    assert files() == stood
    assert tables_with(NAME)


def test_files_that_a_killed_job_left_behind_are_swept(case, monkeypatch):
    stood = files()
    monkeypatch.setattr(letting_go, "_delete", lambda names: None)
    assert forget("quality_mark.applications", clock=lambda: after(settings.MARK_CASES_KEPT_DAYS)) == 1
    assert files() == stood
    assert sweeping.sweep(now=timezone.now()) == 0
    assert sweeping.sweep(now=timezone.now() + 2 * DAY) >= 4
    kept = [Paper.objects.get(code="odmowa").file.name, Sitting.objects.get().minutes.name]
    assert files() == sorted(kept)


def test_minutes_stay_as_long_as_one_of_their_cases_is_kept(case):
    sitting = Sitting.objects.get()
    other = ApplicationFactory(state=ApplicationState.REFUSED, decided_at=after(settings.MARK_CASES_KEPT_DAYS))
    sitting.items.create(application=other, position=9)
    now = after(settings.MARK_RECORDS_KEPT_DAYS)
    assert forget("quality_mark.minutes", clock=lambda: now) == 0
    later = now + settings.MARK_CASES_KEPT_DAYS * DAY + DAY
    assert forget("quality_mark.minutes", clock=lambda: later) == 1


def test_a_draft_of_minutes_that_nobody_signed_goes_and_may_be_written_anew():
    person = clerk()
    one = judging.case(ApplicationState.COMMISSION)
    term, members = judging.commission_of(person)
    sitting = judging.sitting_with(term, [one], person, members=members)
    minutes.draft(sitting_id=sitting.pk, actor=members[0].person, now=NOW)
    now = after(settings.MARK_CASES_KEPT_DAYS)
    assert forget("quality_mark.minutes", clock=lambda: now) == 1
    sitting.refresh_from_db()
    assert (bool(sitting.minutes), sitting.gone_at) == (False, now)
    minutes.draft(sitting_id=sitting.pk, actor=members[0].person, now=NOW)
    sitting.refresh_from_db()
    assert (bool(sitting.minutes), sitting.gone_at) == (True, None)


def test_time_counts_from_the_end_of_the_mark():
    mark = marked()
    case = mark.licences.get().application
    Application.objects.filter(pk=case.pk).update(signed_name=NAME)
    now = after(settings.MARK_CASES_KEPT_DAYS)
    assert forget("quality_mark.applications", clock=lambda: now) == 0
    Mark.objects.filter(pk=mark.pk).update(state=MarkState.EXPIRED, since=timezone.localdate(now))
    assert forget("quality_mark.applications", clock=lambda: now) == 0
    later = now + timedelta(days=settings.MARK_CASES_KEPT_DAYS + 2)
    assert forget("quality_mark.applications", clock=lambda: later) == 1


def test_words_about_a_mark_that_ended_long_ago_go_and_its_place_in_the_register_stays():
    mark = marked()
    Mark.objects.filter(pk=mark.pk).update(state=MarkState.EXPIRED, since=NOW.date())
    MarkStep.objects.create(
        mark=mark, name="suspend", source="active", target="suspended", role="dyrektor", note=f"bo {NAME}", at=NOW
    )
    Suspension.objects.create(
        mark=mark, reason=f"bo {NAME}", since=NOW, hearing_until=NOW + DAY, ends_by=NOW + DAY, ended_at=NOW,
        explanation=f"wyjaśnia {NAME}", explained_at=NOW,
    )  # fmt: skip
    Review.objects.create(mark=mark, year=2026, is_good=False, note=f"pani {NAME}", at=NOW)
    Complaint.objects.create(mark=mark, text=f"skarży {NAME}", filed_at=NOW)
    now = after(settings.MARK_RECORDS_KEPT_DAYS)
    assert forget("mark.matters", clock=lambda: NOW + DAY) == 0
    assert forget("mark.matters", clock=lambda: now) == 1
    assert forget("mark.matters", clock=lambda: now) == 0
    assert tables_with(NAME) == []
    assert Mark.objects.get().number == mark.number


def test_a_person_who_asks_to_be_forgotten_leaves_the_documents_of_cases_that_are_over(case):
    person = User.objects.get(email="podmiot@example.pl")
    Step.objects.create(
        application=case, name="submit", source="draft", target="submitted", actor=person, role="wnioskodawca", at=NOW
    )
    stood = set(Paper.objects.filter(gone_at=None).values_list("code", flat=True))
    own_data.erase_applications_of(person, NOW + DAY)
    case.refresh_from_db()
    assert case.signed_name == ""
    assert set(Application.pgh_event_model.objects.values_list("signed_name", flat=True)) == {""}
    gone = Paper.objects.get(code="wniosek")
    assert (gone.gone_why, bool(gone.file)) == (Gone.PERSON, False)
    assert set(Paper.objects.filter(gone_at=None).values_list("code", flat=True)) == stood - {"wniosek"}


def test_of_a_running_case_the_document_stays_when_somebody_asks_to_be_forgotten():
    case = judging.case(ApplicationState.FORMAL_CHECK, signed_name="Ola")
    person = applicant_of(case)
    case.recommendations.create(recommender="Szkoła", email=person.email, text="Dobrze.", given_at=NOW)
    documents.draw_application(application_id=case.pk, sections=sections, now=NOW)
    own_data.erase_applications_of(person, NOW + DAY)
    assert Paper.objects.get(code="wniosek").gone_at is None
    assert case.recommendations.get().email == ""


def test_every_letter_of_the_office_is_a_record_or_is_not_on_purpose():
    from quality_mark.choices import DocumentKind

    assert set(DocumentKind) - set(RECORDS) == {
        DocumentKind.APPLICATION,
        DocumentKind.CORRECTION,
        # Rows of their own with their own time.
        DocumentKind.CERTIFICATE,
        DocumentKind.MINUTES,
    }
