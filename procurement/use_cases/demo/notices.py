"""Notices in every state: to positions of plans, and requests below the threshold that no plan names."""

from datetime import timedelta

from procurement.choices import Band, NoticeKind, NoticeState
from procurement.models import Clause, Notice, NoticeCpv, NoticeDocument, NoticePart, NoticeStep, Posting
from procurement.notices.words import CONTACT_CHANGED
from procurement.use_cases.demo.clauses import clause
from procurement.use_cases.demo.material import at
from procurement.use_cases.demo.office import given
from procurement.use_cases.demo.results import conclude

S = NoticeState
# Names of the steps as the history of a notice keeps them.
STEPS = {S.CANCELLED: "cancel", S.WITHDRAWN: "withdraw", S.CONCLUDED: "conclude"}
DAYS_OPEN = {Band.BELOW: (6, 9, 12), Band.NATIONAL: (14, 18, 21), Band.EU: (35, 40)}


class NoticeWriter:
    """Writes notices of one authority; `random` decides what is not given."""

    def __init__(self, material, authority, random):
        self.material, self.authority, self.random = material, authority, random

    def write(self, order, *, ocid, day, unit=None, position=None, value=None, state=None, kind=None):
        """The Notice announced on `day`, with all that hangs on it. Without a state, the one that a usual notice
        of that day has by now."""
        value = value if value is not None else order.value(self.random)
        judged = self.material.judge(order, value, day, self.authority.group)
        band = judged.band or Band.NATIONAL
        open_days = self.random.choice(DAYS_OPEN[band])
        deadline = at(day + timedelta(days=open_days), 12)
        state = state or self._state_by_now(deadline)
        is_public = state in (*S.public(), S.WITHDRAWN)
        starts = day + timedelta(days=open_days + self.random.choice((30, 45)))
        institution = self.authority.institution
        notice = Notice(
            posting=Posting.objects.create(ocid=ocid),
            authority=self.authority,
            unit=unit,
            position=position,
            kind=kind or (NoticeKind.REQUEST if band == Band.BELOW else NoticeKind.CONTRACT),
            state=state,
            subject=order.subject,
            description=f"{order.subject}. Zamówienie jest przykładowe i nikt go nie udzieli.",
            nature=order.nature,
            is_social=order.is_social,
            mode=self.material.mode(order, band, self.random),
            value=None if self.random.random() < 0.06 else value,
            value_is_public=self.random.random() < 0.85,
            price_weight=self.random.choice((60, 60, 80, 100)),
            band=judged.band,
            judged_by=judged.rule,
            bzp_number=self._bzp(day) if band == Band.NATIONAL and is_public else "",
            ted_number=f"{self.random.randrange(10**5, 10**6)}-{day.year}" if band == Band.EU and is_public else "",
            signature=f"ZP.271.{self.random.randrange(1, 90)}.{day.year}",
            url=f"https://zamowienia.example/{ocid[-12:]}",
            deadline_at=deadline,
            performed_from=starts,
            performed_until=starts + timedelta(days=self.random.choice((60, 180, 364))),
            municipality_id=institution.municipality_id,
            county_id=institution.county_id,
            contact_name=self.random.choice(given()["contacts"]),
            contact_email=institution.email,
            contact_phone=f"71000{self.random.randrange(10**4):04}",
            publish_at=at(day) if state == S.SCHEDULED else None,
            published_at=at(day) if is_public else None,
            created_at=at(day - timedelta(days=5)),
            changed_at=at(day) if is_public else self.material.now,
        )
        if state in STEPS:
            ended = deadline + timedelta(days=self.random.choice((9, 16, 24)))
            notice.ended_at = min(ended if state != S.WITHDRAWN else at(day + timedelta(days=3)), self.material.now)
            reasons = {S.CANCELLED: "annulled_because", S.WITHDRAWN: "withdrawn_because"}.get(state)
            notice.end_reason = self.random.choice(given()[reasons]) if reasons else ""
        notice.save()
        self._hang(notice, order)
        if state in (S.CONCLUDED, S.CANCELLED):
            conclude(self.material, notice, order, self.random)
        return notice

    def _state_by_now(self, deadline):
        if deadline + timedelta(days=25) > self.material.now:
            return S.PUBLISHED
        return self.random.choices((S.CONCLUDED, S.CANCELLED, S.WITHDRAWN, S.PUBLISHED), (84, 9, 3, 4))[0]

    def _bzp(self, day):
        return f"{day.year}/BZP {self.random.randrange(10**5, 6 * 10**5):08}/01"

    def _hang(self, notice, order):
        random = self.random
        NoticeCpv.objects.bulk_create(
            NoticeCpv(notice=notice, code_id=code, order=place) for place, code in enumerate(order.cpv)
        )
        codes = (
            random.sample(order.clauses, random.choice((1, 1, 2)) if len(order.clauses) > 1 else 1)
            if order.clauses
            else []
        )
        if random.random() < 0.72:
            Clause.objects.bulk_create(clause(self.material, code, random, notice=notice) for code in codes)
        if notice.value and notice.value > 300_000 and random.random() < 0.3:
            shares = random.choice(((60, 40), (50, 30, 20)))
            NoticePart.objects.bulk_create(
                NoticePart(notice=notice, number=number, subject=f"{order.subject}: rejon {number}",
                    value=notice.value * share / 100)
                for number, share in enumerate(shares, 1)
            )  # fmt: skip
        if notice.published_at:
            NoticeDocument.objects.create(
                notice=notice,
                title="Opis przedmiotu zamówienia",
                url=f"{notice.url}/opz",
                added_at=notice.published_at,
            )
        NoticeStep.objects.bulk_create(self._steps(notice))

    def _steps(self, notice):
        if not notice.published_at:
            return
        yield NoticeStep(
            notice=notice, name="publish", source=S.DRAFT, target=S.PUBLISHED, made_at=notice.published_at
        )
        if self.random.random() < 0.15:
            yield NoticeStep(
                notice=notice,
                name="correct",
                source=S.PUBLISHED,
                target=S.PUBLISHED,
                note="odpowiedź na pytanie wykonawcy",
                changes=CONTACT_CHANGED,
                made_at=notice.published_at + timedelta(days=2),
            )
        if notice.state in STEPS:
            yield NoticeStep(
                notice=notice,
                name=STEPS[notice.state],
                source=S.PUBLISHED,
                target=notice.state,
                note=notice.end_reason,
                made_at=notice.ended_at,
            )
