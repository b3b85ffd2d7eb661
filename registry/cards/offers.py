"""One offer in words, for its own page and for the card it stands on."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator

from registry.choices import MarkState
from registry.models import Offer
from registry.pictures import picture_of


@dataclass(frozen=True)
class OfferLine:
    """`offer` as read by registry.cards.reading; `area` in words; `today` decides which mark is valid."""

    offer: Offer
    area: str
    today: object

    @property
    def url(self):
        return self.offer.get_absolute_url()

    @cached_property
    def cpv(self):
        return [link.code for link in self.offer.cpv_links.all()]

    @cached_property
    def details(self):
        """Category, CPV and area in one line, without what is not known."""
        category = self.offer.category.label if self.offer.category else ""
        codes = format_html_join(", ", '<span class="nowrap">{}</span>', [(code.code,) for code in self.cpv])
        parts = [category, codes and format_html("CPV {}", codes), self.area]
        return format_html_join(" · ", "{}", [(part,) for part in parts if part])

    @cached_property
    def summary(self):
        return Truncator(" ".join((self.offer.description or self.offer.name).split())).chars(200)

    @cached_property
    def pictures(self):
        return [picture_of(row) for row in self.offer.pictures.all()]

    @property
    def itself(self):
        return [self]

    @cached_property
    def mark(self):
        """The mark that is valid today, or None."""
        return next((mark for mark in self.marks if mark.is_valid_on(self.today)), None)

    @cached_property
    def mark_until(self):
        """Its last day: of the licence that follows, when that is signed already."""
        coming = [one for one in self.marks if one.state == MarkState.VALID and one.valid_until >= self.today]
        return max(one.valid_until for one in coming) if self.mark else None

    @cached_property
    def marks(self):
        """Every licence period, the newest first."""
        return sorted(self.offer.marks.all(), key=lambda mark: mark.granted_on, reverse=True)

    @cached_property
    def past_marks(self):
        """Licence periods that ended or were stopped, with the words for it."""
        return [(mark, self._fate(mark)) for mark in self.marks if mark is not self.mark]

    @cached_property
    def is_proposed(self):
        """Whether category and CPV were suggested by the import and nobody has confirmed them yet."""
        return self.offer.confirmed_at is None and bool(self.offer.category_id or self.cpv)

    def _fate(self, mark):
        if mark.state != MarkState.VALID:
            return mark.get_state_display()
        return "wygasł" if mark.valid_until < self.today else "jeszcze nie obowiązuje"


def offer_line(offer, *, areas, today, fallback=()):
    """An OfferLine; the area is that of the organisation, `fallback`, when the offer names none of its own."""
    return OfferLine(offer=offer, area=areas.words(offer.serves or fallback), today=today)
