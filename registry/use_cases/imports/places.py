"""County and municipality of a row, as far as its words can tell; what could be two is never guessed."""

from typing import NamedTuple

from django.conf import settings

from registry.choices import MunicipalityKind
from registry.models import County, Municipality, Region
from registry.spreadsheets.repairs import county_key
from registry.use_cases.imports.names import name_of

_HINTS = {"urban": MunicipalityKind.URBAN, "rural": MunicipalityKind.RURAL, "mixed": MunicipalityKind.MIXED}
_WHOLE_COUNTRY = frozenset(("polska", "cala polska", "caly kraj", "kraj", "ogolnopolski", "ogolnopolska", "krajowy"))
_PARTS_OF_MIXED = ("4", "5")
_CITY_DISTRICT = ("8", "9")


class Place(NamedTuple):
    """TERYT codes or None; `foreign` says where else the row is; `doubts` are (field, Polish reason)."""

    municipality: str | None = None
    county: str | None = None
    foreign: str | None = None
    doubts: tuple = ()


class Territory:
    """The counties and municipalities of the region, read once for a whole file."""

    def __init__(self, region_teryt=None):
        self.region = Region.objects.get(pk=region_teryt or settings.REGION_TERYT)
        self._counties, self._codes, self._cities = {}, set(), set()
        for county in County.objects.filter(region=self.region).only("teryt", "name", "is_city", "former_names"):
            self._codes.add(county.teryt)
            for name in (county.name, *county.former_names):
                self._counties.setdefault(county_key(name), county.teryt)
            if county.is_city:
                self._cities.add(county.teryt)
        self._municipalities, self._by_name, self._only_of_city = {}, {}, {}
        for municipality in Municipality.objects.filter(county__region=self.region).only(
            "teryt", "county_id", "name", "kind"
        ):
            self._municipalities[municipality.teryt] = municipality
            self._by_name.setdefault(name_of(municipality.name).folded, []).append(municipality)
            if municipality.county_id in self._cities:
                self._only_of_city[municipality.county_id] = municipality.teryt
        self._found = {}

    def place(self, *, voivodeship=None, powiat=None, gmina=None, teryt=None, town=None):
        """`Place` of cleaned values: names as registry.spreadsheets cleans them, `gmina` with its `hint`."""
        asked = (voivodeship, powiat, gmina, teryt, town if not (powiat or gmina or teryt) else None)
        found = self._found.get(asked)
        if found is None:
            found = self._found[asked] = self._find(*asked)
        return found

    def area(self, texts):
        """(codes, unknown texts) of an area served: "powiat kłodzki", "gmina Lubin", "cała Polska"."""
        codes, unknown = {}, []
        for text in texts:
            code = self._area_code(text)
            pieces = [code] if code else [self._area_code(piece) for piece in text.split(",")]
            if all(pieces):
                codes.update(dict.fromkeys(pieces))
            else:
                unknown.append(text)
        return list(codes), unknown

    def _find(self, voivodeship, powiat, gmina, teryt, town):
        if voivodeship and voivodeship != self.region.name:
            return Place(foreign=f"województwo {voivodeship}")
        if teryt and teryt[:2] != self.region.teryt and not voivodeship:
            return Place(foreign=f"kod TERYT {teryt}")
        doubts = []
        county = self._county(powiat)
        if powiat and not county:
            doubts.append(("powiat", f"nie ma takiego powiatu w województwie {self._locative}"))
        municipality = None
        if teryt:
            municipality = self._by_code(teryt)
            if municipality is None:
                doubts.append(("gmina_teryt", "nie ma gminy o tym kodzie TERYT"))
            elif county and municipality.county_id != county:
                doubts.append(("gmina_teryt", _elsewhere(municipality.name)))
                return Place(county=county, doubts=tuple(doubts))
        if municipality is None and gmina:
            if county or not powiat or voivodeship:
                municipality, county = self._by_words(gmina, county, doubts)
            else:
                doubts.append(("gmina", "nie wiadomo, w którym powiecie leży; zostawiono puste"))
        if municipality is not None:
            return Place(municipality.teryt, municipality.county_id, doubts=tuple(doubts))
        if county is None and town and not powiat:
            city = self._counties.get(name_of(town).folded)
            if city in self._cities:
                county = city
                doubts.append(("town", "powiat i gminę ustalono z nazwy miasta na prawach powiatu"))
        only = self._only_of_city.get(county) if not gmina and not teryt else None
        return Place(only, county, doubts=tuple(doubts))

    def _county(self, key):
        if not key:
            return None
        return key if key in self._codes else self._counties.get(key)

    def _by_code(self, teryt):
        code = teryt
        if teryt[-1] in _PARTS_OF_MIXED:
            code = f"{teryt[:-1]}{MunicipalityKind.MIXED}"
        elif teryt[-1] in _CITY_DISTRICT:
            code = self._only_of_city.get(teryt[:4], teryt)
        return self._municipalities.get(code)

    def _by_words(self, gmina, county, doubts):
        """(municipality or None, county): what is known of the county afterwards."""
        everywhere = self._by_name.get(name_of(gmina.name).folded, [])
        found = [one for one in everywhere if one.county_id == county] if county else everywhere
        if gmina.hint:
            found = [one for one in found if one.kind == _HINTS[gmina.hint]] or found
        if len(found) == 1:
            return found[0], county
        if not found:
            known = _elsewhere(gmina.name) if everywhere else None
            doubts.append(("gmina", known or f"nie ma takiej gminy w województwie {self._locative}"))
            return None, county
        counties = {one.county_id for one in found}
        if len(counties) == 1:
            doubts.append(("gmina", "są dwie gminy o tej nazwie, miejska i wiejska; podaj rodzaj albo kod TERYT"))
            return None, counties.pop()
        doubts.append(("gmina", "gminy o tej nazwie są w kilku powiatach; podaj powiat albo kod TERYT"))
        return None, county

    def _area_code(self, text):
        words = name_of(text).folded
        if words in _WHOLE_COUNTRY:
            return "PL"
        region = name_of(self.region.name).folded
        if region in words or words in ("region", "wojewodztwo", "dolny slask"):
            return self.region.teryt
        if words.startswith(("gmina ", "gm ")):
            found = self._by_name.get(words.partition(" ")[2], [])
            return found[0].teryt if len(found) == 1 else None
        return self._counties.get(county_key(text))

    @property
    def _locative(self):
        return f"{self.region.name.removesuffix('e')}m" if self.region.name.endswith("e") else self.region.name


def _elsewhere(name):
    return f"gmina {name} nie leży w podanym powiecie; zostawiono sam powiat"
