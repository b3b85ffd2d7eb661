"""What an order asks for, read once from its words and codes."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from zlib import crc32

from procurement.matching.kinds import all_topics
from procurement.matching.phrases import knows
from procurement.matching.topics import recognised
from procurement.matching.words import ASIDE, content
from registry.codes import COUNTRY, cpv_parents, serving

# What the description says beside the subject.
DESCRIBED = 0.4
# What is named after the first thing: in one breath with it, or as another.
LATER, LISTED = 0.65, 0.9
# So surely named by the subject itself.
NAMED = 0.75
# A kind of work so surely named need not be told by the code; one less sure than the second counts for nothing.
SAID, LEAST = 0.8, 0.25
# What is named only beside something that says nothing.
RAISED = 0.9


@dataclass(frozen=True)
class Need:
    """`cpv` are codes of eight digits, `cpv_words` their labels; `area` is TERYT of a municipality or a county."""

    text: str
    description: str = ""
    cpv: tuple = ()
    cpv_words: str = ""
    area: str = ""
    # Its name.
    area_words: str = ""
    # Only those who may stand under art. 94 PZP.
    reserved: bool = False
    # Of the clauses: groups of people whom the order wants to be employed.
    groups: tuple = ()
    value: Decimal | None = None

    @cached_property
    def words(self):
        """The words of the subject; of an order that is only a code, those of its label."""
        return content(self.text or self.cpv_words)

    @cached_property
    def parents(self):
        """{code8: [its parents as numbers, the code itself first]}."""
        return {code: cpv_parents(code) for code in self.cpv}

    @cached_property
    def topics(self):
        """{code of a topic: how sure}, from words and codes together."""
        subject = self._subject()
        first = min((place for sure, place in subject.values() if sure >= NAMED), default=0)
        said = {code: sure * self._turn(subject, place, first) for code, (sure, place) in subject.items()}
        for code, (sure, _) in recognised(self.description).items():
            said[code] = max(said.get(code, 0), sure * DESCRIBED)
        # Of a code that fits many kinds of work the words tell which.
        told = any(sure >= SAID and self._by_code(all_topics()[code]) for code, sure in said.items())
        for code, topic in all_topics().items():
            by_code = self._by_code(topic)
            if by_code and (code in said or not said or (by_code >= 0.8 and not told)):
                said[code] = max(said.get(code, 0), by_code * (0.9 if code not in said else 1))
        return {code: sure for code, sure in said.items() if sure >= LEAST}

    def _turn(self, subject, place, first):
        """ "Sprzątanie biblioteki": what is said first is wanted, the rest may be its place, unless it begins another
        thing that the order lists."""
        if place <= first:
            return 1.0
        part = self._parts.get(place)
        begins = min(
            (at for sure, at in subject.values() if sure >= NAMED and self._parts.get(at) == part), default=-1
        )
        return LISTED if part != self._parts.get(first) and place == begins else LATER

    @cached_property
    def _parts(self):
        return {word.position: word.part for word in self.words}

    def _by_code(self, topic):
        return max((topic.by_code(code8) for code8 in self.cpv), default=0)

    def _subject(self):
        """As recognised(): if nothing is named but beside what holds the sentence together ("wyposażenie sali w
        regały"), that is what is wanted."""
        subject = recognised(self.text or self.cpv_words)
        most = max((sure for sure, _ in subject.values()), default=0)
        if not ASIDE <= most < 1 or any(word.weight == 1 and not knows(word.terms) for word in self.words):
            return subject
        return {code: (sure / most * RAISED, place) for code, (sure, place) in subject.items()}

    @cached_property
    def main_topic(self):
        """How sure the surest kind of work is."""
        return max(self.topics.values(), default=0.0)

    @cached_property
    def all_topics(self):
        return sum(self.topics.values())

    @cached_property
    def is_strict(self):
        """Whether it is first of all something that hardly anybody here does."""
        places = {
            code: place for code, (sure, place) in recognised(self.text or self.cpv_words).items() if sure >= NAMED
        }
        strict = [place for code, place in places.items() if all_topics()[code].is_strict]
        others = [place for code, place in places.items() if not all_topics()[code].is_strict]
        if strict:
            return not others or min(strict) <= min(others)
        return not others and any(all_topics()[code].is_strict and sure >= 0.8 for code, sure in self.topics.items())

    @cached_property
    def serving(self):
        """Any of these codes in an entry's `serves` means that the place is served."""
        return frozenset(serving(self.area)) if self.area else frozenset()

    @cached_property
    def widths(self):
        """{code of `serving`: how narrow it is, none of the whole country}."""
        return {code: len(code.rstrip("*")) * (code != COUNTRY) for code in self.serving}

    @property
    def lot(self):
        """By which it is drawn who comes first of more equals than can be looked at: another for each order."""
        return crc32(self.text.encode())

    @property
    def is_empty(self):
        return not (self.words or self.cpv)
