"""Which clauses fit an order, what each asks for, and who in the region has used it for something like it."""

from collections import defaultdict
from dataclasses import dataclass, field

from procurement.advisor.examples import Example, examples_of
from procurement.models import Clause, ClauseGroup, ClauseKind, Guide


@dataclass
class ClauseAdvice:
    kind: ClauseKind
    guide: Guide | None
    groups: list
    fits: bool
    examples: list[Example] = field(default_factory=list)

    @property
    def title(self):
        return str(self.kind)

    @property
    def needs(self):
        """Names of the data that have to be given with it."""
        return [Clause._meta.get_field(name).verbose_name for name in self.kind.needs]


def clauses_for(*, day, bands, natures, is_social, guides, codes, county):
    """A ClauseAdvice for every kind in force on that day. Three statements."""
    labels = dict(ClauseGroup.objects.on(day).values_list("code", "label"))
    kinds = list(ClauseKind.objects.on(day))
    examples = examples_of([kind.code for kind in kinds], codes=codes, county=county)
    found = []
    for kind in kinds:
        guide = guides.get(kind.code)
        fits = guide is None or guide.fits(bands=bands, natures=natures, is_social=is_social)
        groups = [labels[code] for code in kind.groups if code in labels]
        found.append(ClauseAdvice(kind, guide, groups, fits, examples.get(kind.code, [])))
    return found


def by_fit(clauses):
    """{True: those that fit, False: the others}."""
    parted = defaultdict(list)
    for clause in clauses:
        parted[clause.fits].append(clause)
    return parted
