"""Checks of the social clauses of an order: what their kind asks for, and what a dated rule says of it."""

from collections.abc import Iterator

from procurement.choices import Band, RuleKind
from procurement.rules.checks import HINT, WARN, Check, in_force, percent

MISSING = {
    "groups": "nie wskazano grup osób",
    "people": "nie podano liczby osób",
    "months": "nie podano okresu zatrudnienia",
    "percent": "nie podano udziału tych osób w zatrudnieniu",
    "weight": "nie podano wagi kryterium",
    "activities": "nie wymieniono czynności",
    "label": "nie podano etykiety",
}
# Of the number of people and the time for which they are employed.
NUMBER_AND_PERIOD = ("people", "months")


def clauses(facts) -> Iterator[Check]:
    for clause in facts.clauses:
        for check in (_needs, _control, _groups, _share, _band, _in_force):
            yield from check(clause, facts)


def _about(clause):
    return f"Klauzula „{clause.kind.label}”"


def _field(clause, name):
    return f"clause-{clause.pk}-{name}"


def _is_lacking(clause, name):
    """Nobody employed, for no month, with no weight: that says nothing either."""
    value = getattr(clause, name)
    return value in (None, "", []) or (name in (*NUMBER_AND_PERIOD, "weight") and value == 0)


def _needs(clause, facts):
    kind = clause.kind
    lacking = [name for name in MISSING if name in kind.needs and _is_lacking(clause, name)]
    counted = [name for name in lacking if name in NUMBER_AND_PERIOD]
    for name in lacking:
        if name in counted:
            continue
        yield Check(
            f"clause_{name}", WARN, _field(clause, name), f"{_about(clause)}: {MISSING[name]}.",
            kind.legal_basis, (kind,),
        )  # fmt: skip
    if counted:
        words = " i ".join(MISSING[name] for name in counted)
        yield Check(
            "clause_number_and_period", WARN, _field(clause, counted[0]),
            f"{_about(clause)}: {words}. Bez tego wykonawca nie wie, ile osób i na jak długo zatrudnić.",
            f"art. {kind.article} ust. 3 PZP" if kind.article == "96" else kind.legal_basis, (kind,),
        )  # fmt: skip


def _control(clause, facts):
    kind = clause.kind
    if "control" in kind.needs and not clause.control:
        yield Check(
            "clause_control", WARN, _field(clause, "control"),
            f"{_about(clause)}: nie napisano, jak zamawiający sprawdzi, czy jej dotrzymano.",
            f"art. {kind.article} ust. 4 PZP" if kind.article == "96" else kind.legal_basis, (kind,),
        )  # fmt: skip


def _groups(clause, facts):
    kind = clause.kind
    foreign = [code for code in clause.groups if kind.groups and code not in kind.groups]
    if foreign:
        names = ", ".join(facts.groups[code].label if code in facts.groups else code for code in foreign)
        yield Check(
            "clause_group", WARN, _field(clause, "groups"),
            f"{_about(clause)} nie wymienia tych grup: {names}.", kind.legal_basis, (kind,),
        )  # fmt: skip


def _share(clause, facts):
    """The least share of people of the groups in a reserved order."""
    rule = facts.rules.number(RuleKind.RESERVED_SHARE)
    if rule and "percent" in clause.kind.needs and clause.percent is not None and clause.percent < rule.number:
        yield Check(
            "reserved_share", WARN, _field(clause, "percent"),
            f"{_about(clause)}: udział {percent(clause.percent)} jest mniejszy niż "
            f"{percent(rule.number)}.",
            rule.legal_basis, (rule, clause.kind),
        )  # fmt: skip


def _band(clause, facts):
    """A clause of the act where it does not apply, and a preference of one's own rules where it does."""
    judgement, is_of_the_act = facts.judgement, clause.kind.article.isdigit()
    if judgement.band == Band.BELOW and is_of_the_act:
        yield Check(
            "clause_below_threshold", HINT, _field(clause, "kind"),
            f"{_about(clause)}: poniżej progu stosowania ustawy decyduje regulamin zamawiającego.",
            judgement.rule.legal_basis, (judgement.rule, clause.kind),
        )  # fmt: skip
    if judgement.band in (Band.NATIONAL, Band.EU) and not is_of_the_act:
        yield Check(
            "clause_above_threshold", WARN, _field(clause, "kind"),
            f"{_about(clause)} jest dla zamówień poniżej progu stosowania ustawy, a wartość jest wyższa.",
            judgement.rule.legal_basis, (judgement.rule, clause.kind),
        )  # fmt: skip


def _in_force(clause, facts):
    if not in_force(clause.kind, facts.day):
        yield Check(
            "clause_not_in_force", WARN, _field(clause, "kind"),
            f"{_about(clause)} nie obowiązuje dla postępowań wszczętych tego dnia.",
            clause.kind.legal_basis, (clause.kind,),
        )  # fmt: skip
