"""Numbers of positions: table, kind, running number (Dz.U. 2020 poz. 2362), free within their plan."""

from procurement.choices import Band, Nature
from procurement.models import PlanPosition
from procurement.use_cases.plans.judging import Judge

# The form of a plan has two tables; what lies below the act stands in a third one of ours.
_TABLES = {Band.EU: 2, Band.BELOW: 3}


class Numbers:
    def __init__(self, plan):
        self._taken = set(PlanPosition.objects.filter(plan=plan).values_list("number", flat=True))
        self._judge, self._last = Judge(plan), {}

    def free(self, content):
        """The number that the content brings, unless another position has it; else the next one of its table."""
        number = content.number
        if not number or number in self._taken:
            number = self._next(content)
        self._taken.add(number)
        return number

    def _next(self, content):
        prefix = ""
        if content.nature:
            band = self._judge.judgement(content).band
            prefix = f"{_TABLES.get(band, 1)}.{list(Nature).index(content.nature) + 1}."
        running = self._last.get(prefix, 0) + 1
        while f"{prefix}{running}" in self._taken:
            running += 1
        self._last[prefix] = running
        return f"{prefix}{running}"
