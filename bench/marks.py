"""Believable cases of the mark in any number, written in bulk: the same number gives the same rows."""

from datetime import timedelta
from random import Random

from dateutil.relativedelta import relativedelta
from django.db import connection, transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant, User
from quality_mark.applying import steps
from quality_mark.choices import Actor, ApplicationState, SignedBy
from quality_mark.models import (
    Application,
    Certificate,
    Intake,
    Licence,
    Mark,
    Message,
    NumberCounter,
    Paper,
    Recommendation,
    Rulebook,
    Step,
)
from quality_mark.use_cases.rulebooks import announce
from registry.models import Offer, Organisation

A = ApplicationState
BATCH = 2_000
CLERKS = 5
# How many of a hundred cases stand in each state, and by which steps they came there.
WAY = (
    (A.SUBMITTED, 12, ()),
    (A.FORMAL_CHECK, 14, ("take",)),
    (A.CORRECTION, 8, ("take", "call")),
    (A.FORMAL_OK, 6, ("take", "pass")),
    (A.ASSESSMENT, 12, ("take", "pass", "assign")),
    (A.COMMISSION, 8, ("take", "pass", "assign", "put")),
    (A.GRANTED, 4, ("take", "pass", "assign", "put", "grant")),
    (A.ACTIVE, 22, ("take", "pass", "assign", "put", "grant", "license")),
    (A.REFUSED, 8, ("take", "pass", "assign", "put", "refuse")),
    (A.LEFT_UNEXAMINED, 3, ("take", "call", "leave")),
    (A.WITHDRAWN, 3, ("take", "withdraw")),
)
TARGETS = {
    "submit": A.SUBMITTED, "take": A.FORMAL_CHECK, "call": A.CORRECTION, "pass": A.FORMAL_OK, "assign": A.ASSESSMENT,
    "put": A.COMMISSION, "grant": A.GRANTED, "license": A.ACTIVE, "refuse": A.REFUSED, "leave": A.LEFT_UNEXAMINED,
    "withdraw": A.WITHDRAWN,
}  # fmt: skip
COMPLETE = (A.FORMAL_OK, A.ASSESSMENT, A.COMMISSION, A.GRANTED, A.ACTIVE, A.REFUSED)
ANSWERS = {
    steps.OFFER: {"product": "Sprzątamy biura i klatki. " * 20, "quality": "Mamy stałych odbiorców. " * 20},
    steps.AIM: {"aim": "Praca dla osób z niepełnosprawnościami. " * 20, "results": "Sześć nowych miejsc pracy."},
    steps.MONEY: {"year1": "2025", "total1": "400000", "own1": "250000"},
    steps.DECLARATIONS: {"true": "on", "rules_known": "on", "may_sign": "on"},
}
OFFER = "Pomiar: usługa"


@transaction.atomic
def fill(count):
    """Begins anew: all cases and marks of this database go."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # history of invented rows is not wanted
        cursor.execute("TRUNCATE quality_mark_application, quality_mark_mark, quality_mark_numbercounter CASCADE")
        cursor.execute("DELETE FROM registry_offer WHERE name LIKE 'Pomiar: %%'")
        inventor = Inventor(Random(count))  # noqa: S311 - the same rows each time are wanted
        offers = new_offers(count)
        for first in range(0, count, BATCH):
            inventor.add(offers[first : first + BATCH], first)
        NumberCounter.objects.create(year=inventor.year, last=count)


def rules():
    """The rules of the portal, announced, and an intake without an end."""
    book = Rulebook.objects.order_by("version").first()
    now = timezone.now()
    announce(rulebook_id=book.pk, now=now)
    Intake.objects.get_or_create(
        name="Pomiar", defaults={"opens_on": timezone.localdate() - timedelta(days=30), "announced_at": now}
    )
    return Rulebook.objects.get(pk=book.pk)


def person(email, role, **of):
    user = User.objects.filter(email=email).first() or User.objects.create_user(email)
    RoleGrant.objects.get_or_create(
        user=user, role=role, **of, defaults={"starts_on": timezone.localdate(), "granted_at": timezone.now()}
    )
    return user


def new_offers(count):
    organisations = list(Organisation.objects.published().order_by("pk").values_list("pk", flat=True)[:count])
    rows = [
        Offer(organisation_id=organisations[number % len(organisations)], name=f"{OFFER} {number}")
        for number in range(count)
    ]
    return Offer.objects.bulk_create(rows, batch_size=BATCH)


class Inventor:
    def __init__(self, random):
        self.random, self.book, self.now = random, rules(), timezone.now()
        self.year = timezone.localdate().year
        self.clerks = [person(f"pomiar{number}@example.pl", Role.COORDINATOR) for number in range(CLERKS)]
        self.ways = [way for way in WAY for _ in range(way[1])]

    def add(self, offers, first):
        applications, log = [], []
        for number, offer in enumerate(offers, first + 1):
            state, _, names = self.random.choice(self.ways)
            applications.append(self.application(offer, number, state))
            log.append(("submit", *names))
        Application.objects.bulk_create(applications)
        Step.objects.bulk_create(
            step for one, names in zip(applications, log, strict=True) for step in self.log(one, names)
        )
        Message.objects.bulk_create(
            Message(application=one, is_of_office=one.pk % 3 == 0, text="Kiedy decyzja?", at=self.now)
            for one in applications
            if one.pk % 5 == 0
        )
        self.license([one for one in applications if one.state == A.ACTIVE])

    def application(self, offer, number, state):
        began = self.now - timedelta(days=self.random.randint(5, 80), minutes=self.random.randint(0, 1_000))
        one = Application(
            offer=offer,
            rulebook=self.book,
            state=state,
            number=f"ZP/{self.year}/{number:03}",
            started_at=began - timedelta(days=3),
            saved_at=began,
            submitted_at=began,
            complete_at=began + timedelta(days=4) if state in COMPLETE else None,
            decided_at=self.now - timedelta(days=1) if state in (*A.over(), A.GRANTED) else None,
            due_at=self.now + timedelta(days=self.random.randint(-3, 7)) if state == A.CORRECTION else None,
            handled_by=None if state == A.SUBMITTED else self.random.choice(self.clerks),
            applicant={"name": f"Podmiot pomiaru nr {number}", "nip": f"{number:010}"},
            offer_facts={"name": offer.name},
            answers=ANSWERS,
        )
        if state not in (A.CORRECTION, *A.over()):
            one.due_at = began + timedelta(days=14 if state in (A.SUBMITTED, A.FORMAL_CHECK) else 90)
        return one

    def log(self, application, names):
        source, at = A.DRAFT, application.submitted_at
        for name in names:
            role = Actor.APPLICANT if name in ("submit", "withdraw") else Actor.CLERK
            yield Step(
                application=application,
                name=name,
                source=source,
                target=TARGETS[name],
                role=role,
                note="Pomiar.",
                at=at,
            )
            source, at = TARGETS[name], at + timedelta(hours=self.random.randint(1, 80))

    def license(self, applications):
        today = timezone.localdate(self.now)
        marks = []
        for one in applications:
            begins = today - timedelta(days=self.random.randint(0, 500))
            ends = begins + relativedelta(months=12) - timedelta(days=1)
            state = "expired" if ends < today else "active"
            marks.append(Mark(number=one.number, offer=one.offer, state=state, since=begins, valid_until=ends))
        # A mark and its licence come together: the database asks for both at the end of a transaction.
        with transaction.atomic():
            self._written(applications, marks)

    @staticmethod
    def _written(applications, marks):
        Mark.objects.bulk_create(marks)
        licences = []
        for one, mark in zip(applications, marks, strict=True):
            licences.append(
                Licence(
                    mark=mark,
                    application=one,
                    granted_on=mark.since,
                    valid_until=mark.valid_until,
                    holder_signed_on=mark.since,
                    office_signed_on=mark.since,
                    holder_signed_by=SignedBy.SCAN,
                )  # fmt: skip
            )
        Licence.objects.bulk_create(licences)


def complete_drafts(count, people):
    """[(id of an application, User)]: drafts with nothing missing, shared out among `people` accounts."""
    book, now = rules(), timezone.now()
    survey = {question.code: _answer(question) for question in book.questions.all()}
    eligible = Organisation.objects.published().filter(kind__may_hold_mark=True).order_by("pk")[:people]
    users = [
        person(f"sklada{number}@example.pl", Role.REPRESENTATIVE, organisation=one)
        for number, one in enumerate(eligible)
    ]
    cards = [RoleGrant.objects.filter(user=one, role=Role.REPRESENTATIVE).first().organisation_id for one in users]
    offers = Offer.objects.bulk_create(
        Offer(organisation_id=cards[number % people], name=f"{OFFER} do złożenia {number}") for number in range(count)
    )
    drafts = Application.objects.bulk_create(
        Application(offer=offer, rulebook=book, started_at=now, saved_at=now, answers=ANSWERS | {steps.SURVEY: survey})
        for offer in offers
    )
    Recommendation.objects.bulk_create(
        Recommendation(application=one, recommender=f"Klient {number}", text="Polecam.", signed_name="Anna Lis",
                       asked_at=now, given_at=now)
        for one in drafts for number in range(book.least_recommendations)
    )  # fmt: skip
    Paper.objects.bulk_create(
        Paper(application=one, code=paper.code, file=f"pomiar/{one.pk}.pdf", name="dokument.pdf",
              content_type="application/pdf", size=10, sha256="0" * 64, uploaded_at=now)
        for one in drafts for paper in book.requiredpaper_set.filter(is_required=True)
    )  # fmt: skip
    return [(one.pk, users[number % people]) for number, one in enumerate(drafts)]


def waiting_certificates(count):
    """As many licences wait for their certificate as there are, at most `count`. Their ids."""
    Certificate.objects.all().delete()
    licences = Licence.objects.order_by("pk")[:count]
    return Certificate.objects.bulk_create(Certificate(licence=one, asked_at=timezone.now()) for one in licences)


def _answer(question):
    return "tak" if question.answer == "yes_no" else "Od dziesięciu lat, dla samorządów i firm."
