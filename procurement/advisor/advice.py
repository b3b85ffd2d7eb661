"""Everything that the advisor says of one question, read in a fixed number of statements."""

from functools import cached_property

from procurement.advisor.clauses import by_fit, clauses_for
from procurement.advisor.suggesting import suggested
from procurement.advisor.suppliers import suppliers_for
from procurement.advisor.thresholds import Thresholds
from procurement.choices import GuideTopic
from procurement.models import CodeListEntry, Guide, Mode

# Of the published list of social and other special services.
SOCIAL_SERVICES = "social-service-cpv"


class Advice:
    """`asked` is the cleaned data of a valid AdviceForm; `today` stands for a day that was not given."""

    def __init__(self, asked, *, today):
        self.asked, self.day = asked, asked["day"] or today
        self.chosen = asked["cpv"]

    @cached_property
    def codes(self):
        """CpvCodes that the words may mean, the chosen one first."""
        found = suggested(self.asked["q"])
        return [self.chosen, *(code for code in found if code != self.chosen)] if self.chosen else found

    @cached_property
    def may_be_social(self):
        """Whether the code is on the list of social and other special services, which nobody has ticked."""
        if self.asked["social"] or not self.codes:
            return False
        return CodeListEntry.objects.filter(codelist=SOCIAL_SERVICES, code=self.codes[0].code8).exists()

    @cached_property
    def thresholds(self):
        return Thresholds(
            day=self.day,
            value=self.asked["value"],
            nature=self.asked["nature"],
            group=self.asked["buyer"],
            is_social=self.asked["social"],
        )

    @cached_property
    def modes(self):
        """Modes of that day that are open for such a value; all of them as long as the value is open."""
        rows = Mode.objects.on(self.day)
        return list(rows.filter(bands__overlap=sorted(self.thresholds.bands)) if self.thresholds.is_known else rows)

    @cached_property
    def guides(self):
        """{topic or code of a clause: Guide} of that day."""
        return {guide.topic or guide.clause: guide for guide in Guide.objects.on(self.day)}

    @cached_property
    def texts(self):
        """{topic: Guide or None}."""
        return {topic: self.guides.get(topic) for topic in GuideTopic.values}

    @cached_property
    def _clauses(self):
        thresholds = self.thresholds
        return by_fit(
            clauses_for(
                day=self.day,
                bands=thresholds.bands if thresholds.is_known else set(),
                natures=[self.asked["nature"]] if self.asked["nature"] else [],
                is_social=self.asked["social"] or self.may_be_social,
                guides=self.guides,
                codes=[code.code8 for code in self.codes[:1]],
                county=self.asked["powiat"],
            )
        )

    @property
    def clauses(self):
        return self._clauses[True]

    @property
    def other_clauses(self):
        return self._clauses[False]

    @cached_property
    def suppliers(self):
        code = self.codes[0].code8 if self.codes else ""
        return suppliers_for(q=self.asked["q"], cpv=code, powiat=self.asked["powiat"])
