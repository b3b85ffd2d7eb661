"""Where the value of each position lies, and which row of the rules says so."""

from datetime import date

from procurement.rules.judging import Rules


class Judge:
    """`judge(content)` → the fields `band` and `judged_by` of its item. The rules of each day are read once."""

    def __init__(self, plan):
        self._plan, self._rules = plan, {}

    def __call__(self, content):
        judgement = self.judgement(content)
        return {"band": judgement.band, "judged_by": judgement.rule}

    def judgement(self, content):
        day = content.opens_on or date(self._plan.year, 1, 1)
        if day not in self._rules:
            self._rules[day] = Rules(day)
        return self._rules[day].judge(
            value=content.value,
            nature=content.nature,
            group=self._plan.authority.group,
            is_social=content.is_social,
        )
