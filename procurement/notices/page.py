"""What the page of a notice shows: for visitors, and for an officer who looks at a draft before it is public."""

from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from core.templatetags.portal import date_words, money
from procurement.choices import Band, NoticeState, Outcome
from procurement.models.postings import posting_address
from procurement.notices.clauses import clause_facts, group_labels
from procurement.notices.countdown import countdown
from procurement.notices.history import history
from procurement.notices.words import place_words

WHO_CAN = "/zamowienia/kto-to-zrobi/"


@dataclass(frozen=True, slots=True)
class ClauseText:
    title: str
    summary: str
    facts: list
    article: str
    is_checked: bool


@dataclass(frozen=True, slots=True)
class ResultText:
    title: str
    award: object
    facts: list
    badges: list
    card: object
    reports: list = field(default_factory=list)


class NoticePage:
    def __init__(self, notice, *, now):
        """`notice` from reading.notices()."""
        self.notice, self.now = notice, now

    @property
    def url(self):
        return posting_address(self.notice.pk, self.notice.subject)

    @property
    def buyer(self):
        unit = self.notice.unit
        return f"{self.notice.authority}: {unit}" if unit else str(self.notice.authority)

    @cached_property
    def countdown(self):
        return countdown(self.notice.deadline_at, now=self.now) if self.is_open else None

    @property
    def is_open(self):
        """A draft is shown as it will be."""
        return self.notice.state in (NoticeState.DRAFT, NoticeState.SCHEDULED, NoticeState.PUBLISHED)

    @cached_property
    def codes(self):
        return [link.code for link in self.notice.cpv_links.all()]

    @cached_property
    def facts(self):
        notice = self.notice
        amount = money(notice.value) if notice.value is not None and notice.value_is_public else ""
        period = [f"od {date_words(notice.performed_from)}" if notice.performed_from else ""]
        period += [f"do {date_words(notice.performed_until)}" if notice.performed_until else ""]
        return [
            ("Zamawiający", self.buyer),
            ("Rodzaj", notice.get_nature_display()),
            ("Usługi", "społeczne i inne szczególne" if notice.is_social else ""),
            ("Tryb", notice.mode.label if notice.mode else ""),
            ("Wartość netto", amount),
            ("Próg", Band(notice.band).label if notice.band and amount else ""),
            ("Waga ceny", f"{notice.price_weight}%" if notice.price_weight is not None else ""),
            ("Realizacja", " ".join(filter(None, period))),
            ("Miejsce", place_words(notice)),
        ]

    @property
    def threshold_words(self):
        """Which row of the rules put the value there."""
        notice = self.notice
        if not (notice.band and notice.judged_by and notice.value_is_public):
            return ""
        return threshold_words(notice.judged_by)

    @property
    def numbers(self):
        notice = self.notice
        return [
            ("Numer w BZP", notice.bzp_number),
            ("Numer w TED", notice.ted_number),
            ("Identyfikator postępowania", notice.procedure_id),
            ("Baza Konkurencyjności", notice.bk_number),
            ("Znak sprawy", notice.signature),
            ("OCID", notice.posting.ocid),
        ]

    @cached_property
    def clauses(self):
        return clause_texts(self.notice.clauses.all())

    @cached_property
    def parts(self):
        return list(self.notice.parts.all())

    @cached_property
    def documents(self):
        return [
            (document, document.url or reverse("procurement:document", args=[document.pk]))
            for document in self.notice.documents.all()
        ]

    @cached_property
    def results(self):
        return [_result(award) for award in self.notice.awards.all()]

    @cached_property
    def history(self):
        return history(self.notice)

    @property
    def position_url(self):
        """Of the position in the plan, if everybody may see it; its page redirects to the words of its subject."""
        position = self.notice.position
        is_public = position is not None and position.plan.current_id is not None
        return posting_address(position.pk, self.notice.subject) if is_public else ""

    @property
    def who_can_url(self):
        notice = self.notice
        return who_can_url(notice.subject, self.codes, notice.county_id, notice.municipality_id, self.is_reserved)

    @property
    def is_reserved(self):
        return any("percent" in clause.kind.needs for clause in self.notice.clauses.all())


def clause_texts(clauses):
    clauses = list(clauses)
    labels = group_labels([code for clause in clauses for code in clause.groups]) if clauses else {}
    return [
        ClauseText(
            clause.kind.label,
            clause.kind.summary,
            clause_facts(clause, labels),
            clause.kind.legal_basis,
            clause.kind.is_checked,
        )
        for clause in clauses
    ]


def threshold_words(rule):
    return f"{rule.legal_basis}, stan od {date_words(rule.valid_from)}"


def who_can_url(subject, codes, county_id, municipality_id, is_reserved):
    """The page that says who could deliver this (its parameters: q, cpv, powiat, gmina, art)."""
    asked = [("q", subject[:200]), *(("cpv", code.code) for code in codes)]
    asked += [("gmina", municipality_id)] if municipality_id else [("powiat", county_id)] if county_id else []
    asked += [("art", "94")] if is_reserved else []
    return f"{WHO_CAN}?{urlencode(asked)}"


def _result(award):
    if award.outcome == Outcome.ANNULLED:
        facts = [("Powód unieważnienia", award.reason), ("Liczba ofert", _count(award.offers))]
    else:
        facts = [
            ("Wartość umowy netto", money(award.value)),
            ("Liczba ofert", _count(award.offers)),
            ("Osób do zatrudnienia", _count(award.people_planned)),
            ("Umowa", _period(award)),
        ]
    known = [(award.was_pes, "podmiot ekonomii społecznej", ""), (award.was_ps, "przedsiębiorstwo społeczne", "ps")]
    badges = [(text, kind) for is_so, text, kind in [*known, (award.had_mark, "Zakup Prospołeczny", "mark")] if is_so]
    cards = award.supplier.cards if award.supplier else []
    title = f"Część {award.part.number}: {award.part.subject}" if award.part else ""
    return ResultText(title, award, facts, badges, cards[0] if cards else None, list(award.reports.all()))


def _count(number):
    return "" if number is None else str(number)


def _period(award):
    parts = [f"z {date_words(award.contract_on)}" if award.contract_on else ""]
    parts += [f"do {date_words(award.contract_until)}" if award.contract_until else ""]
    return " ".join(filter(None, parts))
