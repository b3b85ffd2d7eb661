"""What is counted: public notices that announce an order, and the results of those orders.

A notice that only informs or consults is no order yet; one that was annulled or withdrawn is none any more. Both
querysets chain like any other, and their rows fall into groups that do not overlap: the main code of CPV, the place of
performance or else the seat of the buyer.
"""

from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, ExtractYear, Left

from procurement.choices import NoticeKind, NoticeState, Outcome
from procurement.models import Award, Clause, Notice, NoticeCpv, Performance
from procurement.querysets import NoticeQuerySet

ANNOUNCING = (NoticeKind.CONTRACT, NoticeKind.REQUEST, NoticeKind.DIRECT, NoticeKind.COMPETITION)
STANDING = (NoticeState.PUBLISHED, NoticeState.CONCLUDED)


class OrderQuerySet(NoticeQuerySet):
    def announced(self):
        return self.public().filter(kind__in=ANNOUNCING)

    def standing(self):
        return self.filter(state__in=STANDING)

    def annulled(self):
        return self.exclude(state__in=STANDING)

    def in_year(self, year):
        return self.filter(published_at__year=year)

    def of_buyer(self, authority):
        return self.filter(authority=authority)

    def in_county(self, code):
        """As place() says, in conditions that the planner knows how to estimate."""
        return self.filter(
            Q(county=code)
            | Q(county=None, municipality__pk__startswith=code)
            | Q(county=None, municipality=None, place="", authority__institution__county=code)
        )

    def in_division(self, digits):
        """Of which the main code of CPV begins with these two digits."""
        return self.filter(Exists(_main_codes("pk").filter(code__code8__startswith=digits)))

    def with_clause(self):
        return self.filter(_has_clause("pk"))

    def placed(self):
        """With `has_clause`, and `public_value`: what is not shown to visitors is not known."""
        return self.annotate(has_clause=_has_clause("pk"), public_value=public_value(""))


class AwardQuerySet(models.QuerySet):
    def of_orders(self, orders):
        """Contracts given in these orders."""
        return self.filter(outcome=Outcome.AWARDED, notice__in=orders.values("pk"))

    def told(self):
        """With what the newest report says, of two the final one, and whether somebody had to be employed."""
        people = Exists(Clause.objects.filter(notice=OuterRef("notice"), kind__needs__contains=["people"]))
        return self.annotate(
            has_clause=_has_clause("notice"),
            employs=Q(people) | Q(people_planned__isnull=False),
            employed=_newest(Performance.objects.exclude(people_employed=None), "people_employed"),
            said=_newest(Performance.objects.exclude(kept=""), "kept"),
        )


def orders():
    """Public orders that have not been annulled."""
    return OrderQuerySet(Notice).announced().standing()


def awards():
    return AwardQuerySet(Award)


def public_value(path):
    return Case(When(**{f"{path}value_is_public": True}, then=F(f"{path}value")))


def place(path):
    """TERYT of the county, as the list of orders has it: without a place that of the buyer's seat; one that is told
    only in words lies in none."""
    seat = Case(When(**{f"{path}place": ""}, then=F(f"{path}authority__institution__county")))
    # The code of a municipality begins with that of its county.
    return Coalesce(F(f"{path}county"), Left(F(f"{path}municipality"), 4), seat)


# {code of a grouping: the key of a row, given the path to its notice}
GROUPS = {
    "rok": lambda path: ExtractYear(f"{path}published_at"),
    "powiat": lambda path: place(path),
    "dzial": lambda path: Left(Subquery(_main_codes(f"{path}pk").values("code")[:1], output_field=CharField()), 2),
    "zamawiajacy": lambda path: F(f"{path}authority"),
    "jednostka": lambda path: F(f"{path}unit"),
}


def _main_codes(notice):
    """The first code of a notice comes first: it is the main one."""
    first = NoticeCpv.objects.filter(notice=OuterRef("notice")).order_by("order", "pk").values("pk")[:1]
    return NoticeCpv.objects.filter(notice=OuterRef(notice), pk=Subquery(first))


def _has_clause(notice):
    return Exists(Clause.objects.filter(notice=OuterRef(notice)))


def _newest(reports, field):
    newest = reports.filter(award=OuterRef("pk")).order_by("-is_final", "-reported_on", "-pk")
    return Subquery(newest.values(field)[:1])
