"""From the grant to a mark that is shown: two signatures, the licence, its periods one after another."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.choices import Role
from core.exceptions import Refused
from quality_mark.choices import ApplicationState, MarkState, SignedBy
from quality_mark.models import Agreement, Application, Certificate, Licence, Mark
from quality_mark.tasks.signing import make_certificates
from quality_mark.use_cases import agreements, certificates, licensing
from registry.models import CatalogueEntry, OfferEntry, OfferMark
from tests.accounts.factories import account, hold
from tests.quality_mark.factories import NOW, ApplicationFactory
from tests.quality_mark.marks import at, content, granted, marked, offer, renewal
from tests.registry.factories import OfferFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nsigned\n%%EOF"


def waiting():
    """A granted application whose agreement waits for the holder, and a person of the holder."""
    one = ApplicationFactory(state=ApplicationState.GRANTED, offer=offer())
    agreements.prepare(application_id=one.pk, now=NOW)
    return one, account(Role.REPRESENTATIVE, organisation=one.offer.organisation)


def countersigned(one, now=NOW, actor=None):
    return licensing.countersign(application_id=one.pk, actor=actor or account(Role.COORDINATOR), now=now)


def test_an_agreement_is_made_once_and_is_a_pdf_for_the_applicant():
    one, _ = waiting()
    again = agreements.prepare(application_id=one.pk, now=NOW)
    assert Agreement.objects.get() == again
    assert again.paper.is_shown
    assert content(again.paper.file).startswith(b"%PDF-")


def test_a_scan_or_a_signature_file_or_a_declaration_signs_for_the_holder():
    one, person = waiting()
    sign = {"application_id": one.pk, "actor": person, "now": NOW}
    assert agreements.sign_by_file(upload=SimpleUploadedFile("u.pdf", PDF), **sign).holder_signed_by == SignedBy.SCAN
    signed = PDF.replace(b"signed", b"/ByteRange [0 1 2 3]")
    by = agreements.sign_by_file(upload=SimpleUploadedFile("u.pdf", signed), **sign).holder_signed_by
    assert by == SignedBy.SIGNATURE_FILE
    done = agreements.sign_by_declaration(name="Anna Lis", **sign)
    assert (done.holder_signed_by, done.signed_name, done.signed) == (SignedBy.DECLARATION, "Anna Lis", None)


def test_what_is_no_signed_agreement_is_refused():
    one, person = waiting()
    own = content(one.agreement.paper.file)
    for wrong, why in ((own, "bez podpisu"), (PDF + b"/JavaScript\n%%EOF", "skrypt"), (b"MZ", "nie jest tym")):
        with pytest.raises(Refused, match=why):
            agreements.sign_by_file(
                application_id=one.pk, upload=SimpleUploadedFile("u.pdf", wrong), actor=person, now=NOW
            )
    assert Agreement.objects.get().holder_signed_at is None


def test_a_declaration_is_not_enough_where_the_rules_want_paper():
    one = ApplicationFactory(state=ApplicationState.GRANTED, rulebook__takes_typed_declaration=False)
    agreements.prepare(application_id=one.pk, now=NOW)
    person = account(Role.REPRESENTATIVE, organisation=one.offer.organisation)
    with pytest.raises(Refused, match="podpisanego dokumentu"):
        agreements.sign_by_declaration(application_id=one.pk, name="Anna Lis", actor=person, now=NOW)


def test_strangers_sign_nothing():
    one, person = waiting()
    with pytest.raises(Refused, match="kogoś innego"):
        agreements.sign_by_declaration(
            application_id=one.pk, name="X", actor=account(Role.REPRESENTATIVE, email="obcy@example.pl"), now=NOW
        )
    with pytest.raises(Refused, match="nie podpisał"):
        countersigned(one)
    agreements.sign_by_declaration(application_id=one.pk, name="X", actor=person, now=NOW)
    own = account(Role.COORDINATOR, email="own@example.pl")
    hold(own, Role.REPRESENTATIVE, organisation=one.offer.organisation)
    with pytest.raises(Refused, match="w którego imieniu"):
        countersigned(one, actor=own)
    assert not Mark.objects.exists()


def test_the_second_signature_makes_the_mark_valid_everywhere_at_once():
    one = granted()
    licence = countersigned(one)
    mark = Mark.objects.get()
    assert (mark.number, mark.state, mark.valid_until) == (one.number, MarkState.ACTIVE, date(2027, 11, 22))
    assert (licence.granted_on, licence.valid_until) == (date(2026, 11, 23), date(2027, 11, 22))
    assert Application.objects.get().state == ApplicationState.ACTIVE
    assert OfferMark.objects.values_list("number", "granted_on", "valid_until", "state").get() == (
        one.number, date(2026, 11, 23), date(2027, 11, 22), "wazny",
    )  # fmt: skip
    assert CatalogueEntry.objects.get().mark
    assert OfferEntry.objects.get().mark
    assert Certificate.objects.get().made_at is None


def test_two_presses_are_one_licence():
    one = granted()
    person = account(Role.COORDINATOR)
    assert countersigned(one, actor=person) == countersigned(one, actor=person)
    assert (Licence.objects.count(), Certificate.objects.count()) == (1, 1)


def test_a_licence_of_29_february_ends_on_the_28th():
    one = granted()
    licence = countersigned(one, now=at(2028, 2, 29, 12))
    assert licence.valid_until == date(2029, 2, 28)


def test_a_signature_just_after_midnight_in_summer_counts_for_the_new_day():
    licence = countersigned(granted(), now=at(2027, 7, 1, 0, 30))
    assert licence.granted_on == date(2027, 7, 1)


def test_unsigned_in_time_is_the_directors_end_and_not_before():
    one, _ = waiting()
    Application.objects.update(due_at=NOW + timedelta(days=1))
    director = account(Role.DIRECTOR)
    with pytest.raises(Refused, match="jeszcze nie minął"):
        agreements.unsigned(application_id=one.pk, actor=director, now=NOW)
    later = NOW + timedelta(days=2)
    assert agreements.unsigned(application_id=one.pk, actor=director, now=later).state == ApplicationState.REFUSED
    assert not Mark.objects.exists()


def test_a_renewed_mark_keeps_its_number_and_each_period():
    mark = marked(date(2026, 3, 1))
    Mark.objects.update(state=MarkState.RENEWAL_SUBMITTED)
    one = renewal(mark, ApplicationState.GRANTED)
    again = granted_of(one)
    licence = countersigned(again, now=at(2027, 2, 10, 12))
    assert (licence.granted_on, licence.valid_until) == (date(2027, 3, 1), date(2028, 2, 29))
    mark.refresh_from_db()
    assert (mark.state, mark.valid_until, mark.reminded_days) == (MarkState.ACTIVE, date(2028, 2, 29), None)
    periods = OfferMark.objects.order_by("granted_on").values_list("number", "granted_on", "valid_until")
    assert list(periods) == [
        (mark.number, date(2026, 3, 1), date(2027, 2, 28)),
        (mark.number, date(2027, 3, 1), date(2028, 2, 29)),
    ]


def granted_of(one):
    agreement = agreements.prepare(application_id=one.pk, now=NOW)
    Agreement.objects.filter(pk=agreement.pk).update(
        holder_signed_at=NOW, holder_signed_by=SignedBy.DECLARATION, signed_name="Anna Lis"
    )
    return one


def test_a_renewal_after_the_end_begins_with_the_signature_when_the_mark_had_ended():
    mark = marked(date(2025, 9, 1))
    Mark.objects.update(state=MarkState.EXPIRED)
    licence = countersigned(granted_of(renewal(mark, ApplicationState.GRANTED)))
    assert licence.granted_on == date(2026, 11, 23)


def test_a_suspended_mark_is_not_renewed():
    mark = marked()
    Mark.objects.update(state=MarkState.SUSPENDED)
    one = granted_of(renewal(mark, ApplicationState.GRANTED))
    with pytest.raises(Refused, match="zawieszony"):
        countersigned(one)
    one.refresh_from_db()
    assert one.state == ApplicationState.GRANTED


def test_the_database_refuses_periods_that_overlap():
    mark = marked(date(2026, 3, 1))
    first = Licence.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Licence.objects.create(
            mark=mark, application=renewal(mark, ApplicationState.ACTIVE), granted_on=first.valid_until,
            valid_until=date(2028, 1, 1), holder_signed_on=NOW, office_signed_on=NOW, holder_signed_by="skan",
        )  # fmt: skip


def test_a_worker_that_died_is_made_up_for_by_the_sweep():
    one = ApplicationFactory(state=ApplicationState.GRANTED, offer=OfferFactory(organisation__published=True))
    make_certificates()
    assert one.agreement.paper
    Agreement.objects.update(made_at=NOW, holder_signed_at=NOW, holder_signed_by="skan", signed_name="X")
    countersigned(one)
    assert certificates.waiting() == [Certificate.objects.get().pk]
    make_certificates()
    made = Certificate.objects.get()
    assert made.made_at
    assert content(made.file).startswith(b"%PDF-")
    assert certificates.waiting() == []
    assert certificates.make(made.pk, now=NOW) is False


def test_the_certificate_is_tagged_and_leads_to_the_verification():
    countersigned(granted(number="ZP/2026/017"))
    make_certificates()
    made = content(Certificate.objects.get().file)
    assert b"pdfuaid" in made
    assert re.search(rb"/Lang\s*\(pl", made)
