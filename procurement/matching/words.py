"""The words of an order that say what is wanted, and how much each of them says."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from core.polish import STOP_WORDS, fold, lemma
from core.polish.lemmas import aspects, terms

MOST, SHORTEST = 40, 3
# A full stop ends a sentence only after a whole word: "os. dorosłych" goes on.
_WORD = re.compile(r"[^\W_]+|[,;:()„”«»\"\n]| [-–—+] |(?<=[a-ząćęłńóśźż]{4})[.!?](?=\s+[A-ZĄĆĘŁŃÓŚŹŻ])")
# What follows says where, for whom or when, once something has been said.
_CONTEXT = frozenset("w we dla na przy do u podczas pod przez od po ramach okazji".split())
# What follows tells more of the work itself: "szkolenia z pierwszej pomocy", "usługi w zakresie prania".
_OF_WORK = frozenset("z ze".split())
_GOES_ON = frozenset(
    "zakresie zakresu obejmująca obejmujące obejmujący polegająca polegające tym formie celem".split()
)
# Who orders and where it stands: what such a name is made of is no work, "akta wydziału geodezji".
_INSTITUTIONS = """
urząd wydział referat szkoła przedszkole żłobek liceum technikum szpital biblioteka muzeum starostwo sąd prokuratura
komenda komisariat ośrodek zakład zespół centrum placówka instytut uniwersytet akademia ministerstwo nadleśnictwo gmina
powiat rada zarząd internat bursa poradnia przychodnia jednostka świetlica remiza stadion parafia komisja izba
departament inspektorat delegatura agencja
"""
# What follows is what is learned, lent, carried or cleared away, and not what is made.
_GOVERNING = """
szkolenie kurs warsztaty nauka lekcja edukacja prelekcja instruktaż wykład wypożyczenie wypożyczalnia wynajem
najem dzierżawa przewóz transport przeniesienie przeprowadzka pranie prasowanie czyszczenie odbiór wywóz
utylizacja niszczenie skanowanie digitalizacja ubezpieczenie odnawianie renowacja oprawa audyt inwentaryzacja
roznoszenie dystrybucja tłumaczenie badanie inspektor zbiórka opróżnianie oprowadzanie promocja reklama
fotografowanie nagrywanie wypożyczać kolportaż
"""
# Of work done and under way that core.polish does not bring together.
_PAIRS = """
opróżnić opróżniać, udrożnić udrażniać, odnowić odnawiać, przenieść przenosić, sporządzić sporządzać, zakupić
kupować, zniszczyć niszczyć, oczyścić oczyszczać, wyczyścić czyścić, usunąć usuwać, uprzątnąć uprzątać,
uzupełnić uzupełniać, udzielić udzielać, dostosować dostosowywać, przystosować przystosowywać, wykosić
wykaszać, odmulić odmulać, zwieźć zwozić, rozwiesić rozwieszać, zawiesić zawieszać, rozstawić rozstawiać,
wypiec wypiekać, przechować przechowywać, odtworzyć odtwarzać, przepisać przepisywać, spisać spisywać,
wprowadzić wprowadzać, sprawdzić sprawdzać, zebrać zbierać, roznieść roznosić, rozprowadzić rozprowadzać,
doręczyć doręczać, ogrzać ogrzewać, odświeżyć odświeżać, zasadzić sadzić, obsadzić sadzić, wyremontować
remontować, wymalować malować, położyć kłaść, zamontować montować, obszyć obszywać, zapakować pakować,
spakować pakować, przeprowadzić przeprowadzać, wydać wydawać, podać podawać, przyrządzić przyrządzać,
zaprojektować projektować, wydrukować drukować, oprowadzić oprowadzać, wypożyczyć wypożyczać, pogłębić
pogłębiać, przyciąć przycinać, odłowić odławiać, wyłapać wyłapywać, zwalczyć zwalczać, zabezpieczyć
zabezpieczać
"""
# With the next word only: "dom pomocy społecznej", but "dom seniora" is what is wanted.
_HOUSES, _OF_HOUSE = frozenset(("dom",)), "pomoc kultura dziecko studencki"
# With what the next task of a list begins, beside nouns made of verbs.
_TASKS = """
dostawa zakup montaż demontaż remont naprawa serwis obsługa organizacja przewóz transport wywóz odbiór wynajem najem
druk konserwacja renowacja wymiana transmisja opieka nadzór dozór ochrona oprawa zbiórka utylizacja digitalizacja
dezynfekcja
"""
# Whoever runs an institution does its work.
_RUNNING = "prowadzić utworzyć uruchomić"
# What every order says of itself.
_EMPTY = """
usługa usługi świadczenie dostawa zakup wykonanie realizacja kompleksowy bieżący zapewnienie organizacja obsługa
przygotowanie potrzeba rok budynek obiekt teren lokal pomieszczenie siedziba jednostka gmina powiat miasto miejski
gminny powiatowy urząd szkoła zespół ośrodek pomoc społeczny dom centrum zamówienie przedmiot część zadanie projekt
program rama zakres sukcesywny sukcesywnie wraz publiczny osoba mieszkaniec uczestnik praca prace robota różny nowy
inny miesiąc dzień lata termin numer ulica okres udzielenie przeprowadzenie prowadzenie wybór wykonawca polegać
dotyczyć związany podstawowy samorządowy wojewódzki regionalny polityka starostwo zarząd instytucja placówka zakład
sprzedaż wynajem utrzymanie opracowanie materiał sprzęt wyposażenie budowa stały jednorazowy całodobowy codzienny
środek terenie utrzymywać system wewnętrzny zewnętrzny zlecenie etap informacyjny administracyjny dofinansowanie
wypożyczenie najem dzierżawa wymiana usuwanie montaż demontaż produkcja stworzenie nabycie sporządzenie dostarczenie
dostarczanie celowy indywidualny komplet zestaw sztuka punkt sporządzenie sprawdzenie własny stanowić własność
wykonywać wykorzystanie umożliwienie użytkowanie gospodarstwo domowy asortyment artykuł produkt wyrób zapotrzebowanie
wskazany poszczególny kompleksowo okolicznościowy urzędowy służbowy komunalny oświatowy gminnych dydaktyczny
pan pani ekipa grupa dział
"""
# "na konferencje i szkolenia": both are what it is for.
_FOR = frozenset(("na", "dla", "do"))
_VERBAL = ("nie", "nia", "cie", "cia")
FULL, OF_WORK, ASIDE, INSTITUTION, EMPTY, NAME = 1.0, 0.8, 0.5, 0.2, 0.15, 0.3


class Word(NamedTuple):
    """`terms` are those of core.polish, any of them a match; `share` is 1, or a half for what is said aside."""

    text: str
    terms: frozenset
    position: int
    share: float
    weight: float
    # Whether a word before it says that it is only learned, lent or carried.
    is_governed: bool = False
    # The number of the thing it belongs to, of those that the text lists one after another.
    part: int = 0


@lru_cache(maxsize=20_000)
def content(text, *, offered=False):
    """The Words of a text, each once, without those that only hold a sentence together.

    Commas go on with the place or the addressee in an order; in an `offered` one they begin the next thing.
    """
    found, reading = {}, _Reading(text, offered)
    for position, word, piece in reading.words():
        if word in _CONTEXT:
            reading.go_aside(word)
        elif reading.is_long_enough(word, piece) and word not in STOP_WORDS and not word.isdigit():
            forms = forms_of(word)
            empty = roles(forms).is_empty
            share = reading.share(position, forms)
            named = position and piece[0].isupper() and not piece.isupper() and not reading.shouted
            weight = (EMPTY if empty else NAME if named else FULL) * share
            if forms not in found:
                found[forms] = Word(piece, forms, position, share, weight, reading.governs, reading.part)
            reading.saw(forms, empty)
            if len(found) == MOST:
                break
    return tuple(found.values())


class _Reading:
    """How far what stands at a place of the text says what is wanted."""

    def __init__(self, text, offered):
        self._pieces = [piece.strip(" ") for piece in _WORD.findall(text[:2_000])]
        self._offered, self.shouted = offered, text.isupper()
        self._level, self._marker, self._said, self._runs, self._quoted = FULL, "", False, False, False
        self._before, self.governs, self._listed, self.part = "", False, False, 0
        self._lists = False

    def words(self):
        """(position, word in lower case, as it was written); marks between are taken in."""
        for position, piece in enumerate(self._pieces):
            word = piece.lower()
            if piece[0].isalnum():
                if word in ("oraz", "i"):
                    self._go_on(position, word)
                elif word in _GOES_ON:
                    self._level, self.governs = FULL, False
                elif word in _OF_WORK:
                    self._level = min(self._level, OF_WORK) if self._said else FULL
                else:
                    yield position, word, piece
            elif piece in ",;:":
                self._go_on(position, piece)
            elif piece in ".!?\n":
                self._begin()
            elif piece in '„”«»"':
                self._quoted = self._said and not self._quoted and piece not in "”»"
            elif piece != ")":
                # "– kwiaty do klombów", "(broszury, afisze)": it is told again, in other words.
                self._level, self.governs = FULL, False
                self.part += 1
            self._before = word

    def _begin(self):
        """A new sentence or line."""
        self._level, self._marker, self.governs, self._listed = FULL, "", False, False
        self.part += 1

    def is_long_enough(self, word, piece):
        """ "DJ" and "IT" are words, and of a sentence in capitals nobody can tell."""
        return len(word) >= SHORTEST or (len(word) == SHORTEST - 1 and piece.isupper() and not self.shouted)

    def go_aside(self, word):
        self._level, self._marker = (ASIDE if self._said else FULL), word

    def share(self, position, forms):
        listed = not self._before[:1].isalnum() or self._before in ("i", "oraz")
        if self._said and not self._runs and not listed and self._is_institution(position, forms):
            self._level = INSTITUTION
        return min(self._level, INSTITUTION) if self._quoted else self._level

    def saw(self, forms, empty):
        self._said = self._said or not empty
        self._runs = self._runs or roles(forms).runs
        self.governs = self.governs or roles(forms).governs

    def _is_institution(self, position, forms):
        if roles(forms).is_institution:
            return True
        if forms.isdisjoint(_HOUSES):
            return False
        following = self._pieces[position + 1].lower() if position + 1 < len(self._pieces) else ""
        return not forms_of(following).isdisjoint(_lemmas(_OF_HOUSE))

    def _go_on(self, position, word):
        """ "Sprzątanie w szkole i koszenie trawnika": the second thing is no place."""
        following = self._pieces[position + 1].lower() if position + 1 < len(self._pieces) else ""
        forms = forms_of(following)
        self._lists = self._lists or word == ":"
        task = following.endswith(_VERBAL) or roles(forms).is_task
        ends = word in ("oraz", ";", ":") or (word == "," and (self._offered or self._lists))
        # "Odświeżenie sal i szatni" is one thing, "malowanie i układanie płytek" are two.
        self.part += ends or self._offered or self._lists or task
        if task and self._marker in _FOR:
            # "Na konferencje i szkolenia" is what it is for, ", sporządzenie spisu" is the next task.
            task = roles(forms).is_empty or roles(forms).is_task
        if self._level == OF_WORK or task or (ends and not (word == "," and roles(forms).is_institution)):
            self._level = FULL
        # "Kursy zawodowe: spawacz, kucharz": all that is listed is learned.
        self._listed = self._listed or (word == ":" and self.governs)
        if (ends or task) and not self._listed:
            self.governs = False


@lru_cache(maxsize=50_000)
def forms_of(word):
    """Terms of a word in lower case, of its work done and under way."""
    found = {*terms(word), *aspects(word)}
    return frozenset(found.union(*(_pairs()[term] for term in found if term in _pairs())))


class Roles(NamedTuple):
    """What a word does in a sentence, beside saying something."""

    is_empty: bool
    is_institution: bool
    runs: bool
    governs: bool
    is_task: bool


@lru_cache(maxsize=50_000)
def roles(forms):
    lists = (_EMPTY, _INSTITUTIONS, _RUNNING, _GOVERNING, _TASKS)
    return Roles(*(not forms.isdisjoint(_lemmas(text)) for text in lists))


@cache
def _lemmas(text):
    return frozenset(lemma(word) for word in text.split())


@lru_cache(maxsize=1)
def _pairs():
    """{folded verb: the folded other one}."""
    found = {}
    for pair in _PAIRS.split(","):
        one, other = map(fold, pair.split())
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found
