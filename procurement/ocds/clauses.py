"""Social clauses: by the sustainability extension, and with the data it has no place for by the portal's own."""

from procurement.ocds.values import known


def sustainability(clauses):
    """Fields of a tender that say its clauses; an order without any says so too."""
    if not clauses:
        return {"hasSustainability": False}
    goals = {}
    for clause in clauses:
        strategies = goals.setdefault(clause.kind.ocds_goal or "social", [])
        if clause.kind.ocds_strategy and clause.kind.ocds_strategy not in strategies:
            strategies.append(clause.kind.ocds_strategy)
    return {
        "hasSustainability": True,
        "sustainability": [known(goal=goal, strategies=strategies) for goal, strategies in goals.items()],
        "socialClauses": [_clause(number, clause) for number, clause in enumerate(clauses, 1)],
    }


def _clause(number, clause):
    kind = clause.kind
    return known(
        id=str(number),
        code=kind.code,
        legalBasis=kind.legal_basis,
        title=kind.label,
        targetGroups=list(clause.groups),
        numberOfPeople=clause.people,
        durationInMonths=clause.months,
        minimumShare=None if clause.percent is None else float(clause.percent),
        criterionWeight=clause.weight,
        activities=clause.activities,
        label=clause.label,
        verification=clause.control,
    )
