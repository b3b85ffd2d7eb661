"""What the page of a position of a plan shows: as it stands now, how it came there, and what was announced of it."""

from functools import cached_property

from core.templatetags.portal import money
from procurement.choices import Band, UpdateKind
from procurement.models.postings import posting_address
from procurement.notices.page import clause_texts, threshold_words, who_can_url
from procurement.opening import opening_words


class PositionPage:
    def __init__(self, position):
        """`position` from reading.positions(); its items are those of published versions, the newest first."""
        self.position, self.plan = position, position.plan
        self.item = position.published_items[0]

    @property
    def url(self):
        return posting_address(self.position.pk, self.item.subject)

    @property
    def buyer(self):
        unit = self.plan.unit
        return f"{self.plan.authority}: {unit}" if unit else str(self.plan.authority)

    @property
    def is_given_up(self):
        """Said so, or left out of the newest version."""
        return self.item.update_kind == UpdateKind.DROPPED or self.item.version_id != self.plan.current_id

    @cached_property
    def codes(self):
        return [link.code for link in self.item.cpv_links.all()]

    @cached_property
    def clauses(self):
        return clause_texts(self.item.clauses.all())

    @cached_property
    def facts(self):
        item = self.item
        return [
            ("Zamawiający", self.buyer),
            ("Plan", f"{self.plan.year}, pozycja {self.position.number}"),
            ("Rodzaj", item.get_nature_display()),
            ("Usługi", "społeczne i inne szczególne" if item.is_social else ""),
            ("Tryb", item.mode.label if item.mode else ""),
            ("Orientacyjna wartość netto", value_words(item)),
            ("Próg", Band(item.band).label if item.band else ""),
            ("Wszczęcie", opening_words(item.opens_on, item.opens_precision)),
            ("Liczba części", str(item.parts or "")),
            ("Informacje dodatkowe", item.remarks),
        ]

    @property
    def numbers(self):
        return [
            ("Numer planu w BZP", self.plan.bzp_number),
            ("OCID", self.position.posting.ocid),
        ]

    @property
    def threshold_words(self):
        return threshold_words(self.item.judged_by) if self.item.band and self.item.judged_by else ""

    @cached_property
    def history(self):
        """[(version, what was done, [(label, before, after)])], the newest first; of every version of the position."""
        return [
            (item.version, item.get_update_kind_display(), [(name, *pair) for name, pair in item.changes.items()])
            for item in self.position.published_items
        ]

    @property
    def notices(self):
        return [(notice, posting_address(notice.pk, notice.subject)) for notice in self.position.public_notices]

    @property
    def who_can_url(self):
        is_reserved = any("percent" in clause.kind.needs for clause in self.item.clauses.all())
        return who_can_url(self.item.subject, self.codes, None, None, is_reserved)


def value_words(item):
    """The amount, and what was written of it when that says more."""
    amount = ("około " if item.is_approximate else "") + money(item.value) if item.value is not None else ""
    written = item.value_words if item.value_words and item.value is None else ""
    return amount or written
