"""Columns of the exports of /zamowienia/."""

from decimal import Decimal

from import_export import resources

from procurement.choices import EntryType, Nature, NoticeKind, NoticeState, UpdateKind
from procurement.outlets.when import opening_code
from registry.exports.cells import Day, Label, Listing, Moment, Number, Text, YesNo
from registry.resources import Column, Computed

CHUNK = 500
STATES = dict(NoticeState.choices) | dict(UpdateKind.choices)


class Money(Text):
    """Net PLN with two decimals; a number in JSON."""

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else f"{Decimal(value):.2f}"

    def plain(self, value):
        return None if value is None else float(value)


class PostingResource(resources.Resource):
    """What is public, of a queryset of PostingEntry. The first columns are a promise: names and order stay."""

    title = "Zamówienia"

    id = Computed(lambda entry: entry.pk, Number)
    url = Computed(lambda entry: entry.page)
    type = Column()
    year = Column(Number)
    buyer = Computed(lambda entry: entry.buyer_name)
    buyer_nip = Column()
    subject = Column()
    kind = Computed(lambda entry: entry.nature)
    mode = Column()
    cpv = Computed(lambda entry: entry.cpv_codes, Listing)
    value = Column(Money)
    start = Computed(lambda entry: _start(entry))
    clauses = Column(Listing)
    number = Column()
    unit = Computed(lambda entry: entry.unit_name)
    type_label = Computed(lambda entry: entry.type, Label, choices=EntryType)
    kind_label = Computed(lambda entry: entry.nature, Label, choices=Nature)
    mode_label = Column()
    notice_kind = Column(Label, choices=NoticeKind)
    state = Computed(lambda entry: STATES.get(entry.state, ""))
    articles = Column(Listing)
    is_approximate = Column(YesNo)
    deadline = Computed(lambda entry: entry.deadline_at, Moment)
    decided_on = Column(Day)
    suppliers = Column(Listing)
    plan_number = Column()
    powiat_teryt = Computed(lambda entry: entry.county_id)
    powiat = Computed(lambda entry: str(entry.county or ""))
    gmina_teryt = Computed(lambda entry: entry.municipality_id)
    buyer_slug = Column()
    source_url = Computed(lambda entry: entry.url)
    ocid = Column()
    published_at = Column(Moment)
    changed_at = Column(Moment)

    def __init__(self, *, site="", **options):
        """`site` stands before the path in the column `url`: "https://portal.example"."""
        super().__init__(**options)
        self.site = site

    def iter_queryset(self, queryset):
        rows = queryset.select_related("county").defer("search", "cpv", "sort_key", "cell", "county__boundary")
        for entry in rows.order_by("-published_at", "-pk").iterator(chunk_size=CHUNK):
            entry.page = f"{self.site}{entry.get_absolute_url()}"
            yield entry


def _start(entry):
    """When the procedure is to begin, or began: "2027-04", "2027-Q2", "2027", "2027-04-12"."""
    if entry.type == EntryType.PLAN:
        return opening_code(entry.opens_on, entry.opens_precision)
    return Day().plain(entry.published_at)
