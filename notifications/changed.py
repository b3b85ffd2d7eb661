"""Which rows of a list are news, and which of them each of many searches finds."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Case, Func, Q, Value, When
from django.db.models.expressions import RawSQL

from notifications.models import News

# Conditions and rows that one statement looks at: what comes back is a truth for each pair.
CONDITIONS, ROWS = 500, 1_000
# Conditions remembered at most: 20,000 people search for some thousand different words.
KEPT = 20_000
# A statement sees at least what its own transaction has written, which is how tests see anything.
_OWN = RawSQL("pg_current_xact_id_if_assigned()::text::bigint", [])


class Changed:
    """Rows of one Search that came or changed in the transactions from `since` to before `until`, newest first.

    A condition that many searches share is put to the database once. Sets of rows are numbers: bit n is the nth row.
    """

    def __init__(self, search, *, since, until, now):
        self.search, self.now = search, now
        news = News.objects.filter(kind=search.name, transaction__gte=since)
        noted = dict(news.filter(Q(transaction__lt=until) | Q(transaction=_OWN)).values_list("item", "transaction"))
        rows = search.rows(now).filter(pk__in=list(noted)).order_by(*search.order) if noted else []
        self.keys = list(rows.values_list("pk", flat=True)) if noted else []
        self.transactions = [noted[key] for key in self.keys]
        self._since, self._met = {}, {}

    def learn(self, conditions):
        """Find out which rows meet these Q; what is known already is not asked again."""
        unknown = list(dict.fromkeys(one for one in conditions if one not in self._met)) if self.keys else []
        if len(self._met) + len(unknown) > KEPT:
            self._met.clear()
            unknown = list(dict.fromkeys(conditions))
        for start in range(0, len(unknown), CONDITIONS):
            self._ask(unknown[start : start + CONDITIONS])

    def found(self, conditions, *, since):
        """The set of rows that meet all these conditions, learnt before, and came from `since` on."""
        if not self.keys:
            return 0
        bits = self._from(since)
        for condition in conditions:
            bits &= self._met[condition]
        return bits

    def first(self, bits, most):
        """Keys of the newest rows of a set."""
        keys = []
        while bits and len(keys) < most:
            lowest = bits & -bits
            keys.append(self.keys[lowest.bit_length() - 1])
            bits ^= lowest
        return keys

    def _from(self, since):
        if since not in self._since:
            numbers = (1 << place for place, number in enumerate(self.transactions) if number >= since)
            self._since[since] = sum(numbers)
        return self._since[since]

    def _ask(self, conditions):
        met = dict.fromkeys(conditions, 0)
        truths = [Case(When(one, then=Value(True)), default=Value(False)) for one in conditions]
        array = Func(*truths, template="ARRAY[%(expressions)s]", output_field=ArrayField(BooleanField()))
        for start in range(0, len(self.keys), ROWS):
            keys = self.keys[start : start + ROWS]
            places = {key: start + place for place, key in enumerate(keys)}
            rows = self.search.rows(self.now).filter(pk__in=keys).order_by()
            for key, answers in rows.values_list("pk", array).iterator(chunk_size=ROWS):
                bit = 1 << places[key]
                for condition, answer in zip(conditions, answers, strict=True):
                    if answer:
                        met[condition] |= bit
        self._met.update(met)
