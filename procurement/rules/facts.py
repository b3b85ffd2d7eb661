"""What the checks look at, read once: an order of a notice or of a plan with everything that hangs on it."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from procurement.models import ClauseGroup, CodeListEntry, OfferPeriod
from procurement.rules.judging import Judgement, Rules

SOCIAL_CPV = "social-service-cpv"


@dataclass(frozen=True, slots=True)
class Facts:
    """`order` is a Notice or a PlanItem. `day` is when the procedure begins: its rules apply."""

    order: object
    rules: Rules
    group: str = ""
    cpv: list = field(default_factory=list)
    clauses: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    periods: list = field(default_factory=list)
    # {code: ClauseGroup} in force on the day.
    groups: dict = field(default_factory=dict)
    # Codes of CPV that eForms counts among social and other special services.
    social_cpv: frozenset = frozenset()

    @property
    def day(self) -> date:
        return self.rules.day

    @property
    def judgement(self) -> Judgement:
        order = self.order
        return self.rules.judge(
            value=order.value, nature=order.nature, group=self.group, is_social=order.is_social
        )  # fmt: skip


def facts_of_notice(notice, *, now):
    """Of a notice as it stands; a draft is judged by the day on which it is to appear."""
    day = day_of(notice, now)
    cpv = [link.code for link in notice.cpv_links.select_related("code")]
    return Facts(
        order=notice,
        rules=Rules(day),
        group=notice.authority.group,
        cpv=cpv,
        clauses=list(notice.clauses.select_related("kind")),
        parts=list(notice.parts.all()),
        periods=list(OfferPeriod.objects.on(day)),
        groups={group.code: group for group in ClauseGroup.objects.on(day)},
        social_cpv=social_cpv(cpv),
    )


def day_of(notice, now):
    return timezone.localdate(notice.published_at or notice.publish_at or now)


def social_cpv(codes):
    """Those of these CPV codes that stand on the list of social services."""
    wanted = [code.code8 for code in codes]
    return frozenset(CodeListEntry.objects.filter(codelist=SOCIAL_CPV, code__in=wanted).values_list("code", flat=True))
