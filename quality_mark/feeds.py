"""/znak/rejestr/atom.xml: marks that were granted, renewed, suspended, taken away or that ended."""

from django.utils import timezone

from core.feeds import ListFeed, writable
from core.templatetags.portal import date_words
from quality_mark.choices import Standing
from quality_mark.filters import RegisterFilter
from quality_mark.register.numbers import page_of
from quality_mark.register.rows import row

NEWEST = 50


class RegisterFeed(ListFeed):
    heading, page = "Rejestr znaków", "quality_mark:register"
    subtitle = "Znaki Zakup Prospołeczny: przyznane, przedłużone, zawieszone, odebrane i wygasłe."

    def find(self, request):
        return RegisterFilter(request.GET, today=timezone.localdate())

    def reasons(self, found):
        return found.reasons.splitlines()

    def items(self, request):
        return request.found.found.told().dated().order_by("-changed_at", "-pk")[:NEWEST]

    def item_title(self, mark):
        return writable(f"{mark.number}: {mark.offer.name}")

    def parts(self, mark):
        line = row(mark, timezone.localdate())
        status = Standing(line["status"]).label if line["status"] else "jeszcze nie obowiązuje"
        return [line["organisation"], line["category"], status, f"do {date_words(mark.valid_until)}"]

    def item_link(self, mark):
        return page_of(mark.number, "")

    def item_pubdate(self, mark):
        return mark.published_at

    def item_updateddate(self, mark):
        return mark.changed_at
