"""What an order lacks or risks, as one type. Each check is a pure function of Facts; nothing here blocks anything:
what the law leaves to the buyer is the buyer's to decide."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from core.templatetags.portal import money, plural
from procurement.choices import Band, NoticeKind, RuleKind

# Something may be wrong; something would help.
WARN, HINT = "warn", "hint"


@dataclass(frozen=True, slots=True)
class Check:
    """One sentence for the officer. `field` is where to put it right, `article` the provision in words, `basis` the
    dated rows that it was read from."""

    code: str
    severity: str
    field: str
    sentence: str
    article: str = ""
    basis: tuple = ()

    @property
    def rule(self):
        """The row that decided, or None."""
        return self.basis[0] if self.basis else None

    @property
    def is_checked(self):
        """Whether somebody has confirmed every row that it rests on."""
        return all(row.is_checked for row in self.basis)


def checks_of(facts, checks) -> list[Check]:
    return [found for check in checks for found in check(facts)]


def value(facts) -> Iterator[Check]:
    act = facts.rules.number(RuleKind.ACT_THRESHOLD)
    if facts.order.value is None:
        yield Check(
            "value_missing", HINT, "value", "Bez wartości nie wiadomo, który próg dotyczy tego zamówienia.",
            act.legal_basis if act else "", (act,) if act else (),
        )  # fmt: skip


def mode(facts) -> Iterator[Check]:
    """The mode against the band of the value."""
    chosen, judgement = facts.order.mode, facts.judgement
    if chosen is None:
        yield Check("mode_missing", HINT, "mode", "Nie wybrano trybu.")
        return
    if not in_force(chosen, facts.day):
        yield Check(
            "mode_not_in_force", WARN, "mode",
            f"Tryb „{chosen.label}” nie jest dostępny dla postępowań wszczętych tego dnia.",
            chosen.legal_basis, (chosen,),
        )  # fmt: skip
    if judgement.band and judgement.band not in chosen.bands:
        meant = ", ".join(Band(band).label for band in chosen.bands)
        rows = (judgement.rule, *([judgement.rate] if judgement.rate else []), chosen)
        yield Check(
            "mode_for_other_value", WARN, "mode",
            f"Wartość {money(facts.order.value)} netto {BAND_WORDS[judgement.band]} (próg: "
            f"{money(judgement.threshold)}), a tryb „{chosen.label}” jest dla zamówień: {meant}.",
            judgement.rule.legal_basis, rows,
        )  # fmt: skip


BAND_WORDS = {
    Band.BELOW: "leży poniżej progu stosowania ustawy",
    Band.NATIONAL: "leży między progiem stosowania ustawy a progiem unijnym",
    Band.EU: "jest równa progowi unijnemu lub wyższa",
}


def price_weight(facts) -> Iterator[Check]:
    rule, weight = facts.rules.number(RuleKind.PRICE_WEIGHT), facts.order.price_weight
    if weight is None:
        return
    if rule and weight > rule.number:
        yield Check(
            "price_weight", WARN, "price_weight",
            f"Waga ceny wynosi {weight}%, więcej niż {percent(rule.number)}. Sprawdź, czy możesz ją zastosować.",
            rule.legal_basis, (rule,),
        )  # fmt: skip
    social = sum(clause.weight or 0 for clause in facts.clauses)
    if weight + social > 100:
        yield Check(
            "weights_over_100", WARN, "price_weight",
            f"Waga ceny ({weight}%) i kryteriów społecznych ({social}%) to razem więcej niż 100%.",
        )  # fmt: skip


def deadline(facts) -> Iterator[Check]:
    """Whether there is time to offer: against the period of the mode, counted from the day of the notice."""
    order = facts.order
    if order.deadline_at is None:
        if order.kind != NoticeKind.DIRECT:
            yield Check("deadline_missing", HINT, "deadline", "Wykonawcy nie wiedzą, do kiedy składać oferty.")
        return
    days = (timezone.localdate(order.deadline_at) - facts.day).days
    if days < 0:
        yield Check("deadline_past", WARN, "deadline", "Termin składania ofert jest przed dniem ogłoszenia.")
        return
    period = _period(facts)
    if period and days < period.days:
        left = f"{days} {plural(days, 'dzień,dni,dni')}"
        yield Check(
            "deadline_short", WARN, "deadline",
            f"Od ogłoszenia do terminu składania ofert {plural(days, 'jest,są,jest')} {left}, a w trybie "
            f"„{order.mode.label}” termin wynosi najmniej {period.days} dni. Sprawdź, czy możesz go skrócić.",
            period.legal_basis, (period,),
        )  # fmt: skip


def _period(facts):
    order = facts.order
    fitting = [
        period
        for period in facts.periods
        if order.mode and period.mode == order.mode.code and period.nature in ("", order.nature)
    ]
    return max(fitting, key=lambda period: period.nature != "", default=None)


def cpv(facts) -> Iterator[Check]:
    if not facts.cpv:
        yield Check(
            "cpv_missing", HINT, "cpv",
            "Bez kodu CPV trudniej znaleźć to zamówienie, a wykonawców dobieramy tylko po słowach.",
        )  # fmt: skip
    social = [code for code in facts.cpv if code.code8 in facts.social_cpv]
    if social and not facts.order.is_social:
        rule = facts.rules.eu_threshold(nature=facts.order.nature, group=facts.group, is_social=True)
        yield Check(
            "social_services", HINT, "is_social",
            f"Kod {social[0].code} jest na liście usług społecznych i innych szczególnych usług, które mają własny "
            "próg. Jeśli to takie usługi, zaznacz je.",
            rule.legal_basis if rule else "", (rule,) if rule else (),
        )  # fmt: skip


def parts(facts) -> Iterator[Check]:
    values = [part.value for part in facts.parts]
    if values and None not in values and facts.order.value is not None and sum(values) != facts.order.value:
        yield Check(
            "parts_value", HINT, "parts",
            f"Części są warte razem {money(sum(values))}, a całe zamówienie {money(facts.order.value)}.",
        )  # fmt: skip


def contact(facts) -> Iterator[Check]:
    order = facts.order
    if not (order.contact_email or order.contact_phone):
        yield Check("contact_missing", HINT, "contact_email", "Wykonawcy nie wiedzą, kogo pytać.")


def in_force(row, day):
    return row.valid_from <= day and (row.valid_until is None or day < row.valid_until)


def percent(number):
    return f"{number.normalize():f}%".replace(".", ",")
