"""Areas of activity: TERYT codes the way people say them."""

from registry.models import County, Municipality, Region

COUNTRY = "PL"


class Areas:
    """The names of every code that one page shows, read at once; `words()` asks the database nothing."""

    def __init__(self, codes):
        codes = set(codes)
        self.regions = Region.objects.in_bulk()
        self.counties = County.objects.defer("boundary").in_bulk([code for code in codes if len(code) == 4])
        self.municipalities = Municipality.objects.defer("boundary").in_bulk(
            [code for code in codes if len(code) == 7]
        )

    def words(self, codes):
        """["0264", "0208", "0221"] → "Wrocław, powiaty kłodzki i wałbrzyski"; no codes → an empty string."""
        codes = set(codes)
        if COUNTRY in codes:
            return "cały kraj"
        parts = [f"całe województwo {self.regions[code].name}" for code in sorted(codes & self.regions.keys())]
        # What a wider code already covers is not said twice.
        counties = _sorted(self.counties[code] for code in codes & self.counties.keys() if code[:2] not in codes)
        municipalities = _sorted(
            self.municipalities[code]
            for code in codes & self.municipalities.keys()
            if not {code[:2], code[:4]} & codes
        )
        parts += [county.name for county in counties if county.is_city]
        parts += _together("powiat", "powiaty", [county.name for county in counties if not county.is_city])
        if len(municipalities) == 1:
            parts.append(municipality_words(municipalities[0]))
        else:
            parts += _together("gmina", "gminy", [municipality.label for municipality in municipalities])
        if any(code[:2] not in self.regions for code in codes):
            parts.append("także poza regionem" if parts else "poza regionem")
        return ", ".join(parts)


def municipality_words(municipality):
    """ "gmina Bolków", and "Kłodzko (gmina miejska)" where the name alone could be two."""
    label = municipality.label
    return label if label.endswith(")") else f"gmina {label}"


def enumeration(words):
    """["a", "b", "c"] → "a, b i c"."""
    words = list(words)
    return " i ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _sorted(places):
    return sorted(places, key=lambda place: (place.sort_key, place.teryt))


def _together(one, many, names):
    return [f"{one if len(names) == 1 else many} {enumeration(names)}"] if names else []
