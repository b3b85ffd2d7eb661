"""On what conditions the data may be used: a setting, in words and as the addresses that programs know."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Licence:
    code: str
    label: str
    # The text for people, and the row in the EU authority table for programs.
    url: str
    uri: str
    # What it asks for.
    words: str
    # As the Data Package standard names it.
    name: str
    # http://purl.org/adms/licencetype/
    type: str


_LICENCES = {
    "CC_BY_4_0": Licence(
        "CC_BY_4_0",
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/deed.pl",
        "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0",
        "Wolno używać do wszystkiego, także zarobkowo. Podaj źródło i dzień, z którego są dane.",
        "CC-BY-4.0",
        "http://purl.org/adms/licencetype/Attribution",
    ),
    "CC0": Licence(
        "CC0",
        "CC0 1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/deed.pl",
        "http://publications.europa.eu/resource/authority/licence/CC0",
        "Wolno używać do wszystkiego, także zarobkowo, bez żadnych warunków.",
        "CC0-1.0",
        "http://purl.org/adms/licencetype/PublicDomain",
    ),
}


def licence():
    return _LICENCES[settings.OPEN_DATA_LICENCE]
