"""Who can deliver what the advisor is asked about: the first of those that "kto to zrobi" finds."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from procurement.matching.asked import asked
from procurement.matching.found import who_can
from procurement.matching.rows import rows_of

SHOWN = 5


def suppliers_for(*, q, cpv, powiat):
    """At most SHOWN rows of procurement.matching.rows, the best first; nobody when nothing can be asked."""
    given = {"q": q, "cpv": cpv, "powiat": powiat}
    question = asked(QueryDict(urlencode({name: value for name, value in given.items() if value})))
    if question.errors or not question.is_question:
        return []
    matches = who_can(question.need, today=timezone.localdate())[:SHOWN]
    return rows_of(question.need, matches, labels=question.labels)
