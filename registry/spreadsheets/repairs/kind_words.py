"""Words that tell the kind and the legal form of an organisation; compared with folded text."""

import re

# Codes of art. 2 pkt 5 of the act of 5 August 2022 on the social economy, lower-case.
KINDS = (
    "spoldzielnia_socjalna",
    "wtz",
    "zaz",
    "cis",
    "kis",
    "spoldzielnia_pracy",
    "spoldzielnia_inwalidow",
    "spoldzielnia_niewidomych",
    "spoldzielnia_produkcji_rolnej",
    "ngo",
    "podmiot_art3_ust3",
)
LEGAL_FORMS = (
    "spoldzielnia",
    "fundacja",
    "stowarzyszenie",
    "stowarzyszenie_zwykle",
    "zwiazek_stowarzyszen",
    "kgw",
    "osp",
    "klub_sportowy",
    "spolka_zoo",
    "spolka_akcyjna",
    "koscielna_osoba_prawna",
    "jst_jednostka",
    "inna",
)
# Folded words of a "kind" or "legal form" cell, most telling first; each stands for (kind, legal form, patterns).
_IN_CELLS = (
    (
        "spoldzielnia_socjalna",
        "spoldzielnia",
        r"spoldzieln\w+ socjaln\w*",
        r"sp socjaln\w*",
        r"\bspoldz socjaln\w*",
        r"\bspoldzielnia socjalna osob prawnych",
        r"\bsocial cooperative\b",
    ),
    (
        "wtz",
        None,
        r"warsztat\w* terapii zajeciow\w*",
        r"\bwtz\b",
    ),
    (
        "zaz",
        None,
        r"zaklad\w* (?:aktywnosci|aktywizacji) zawodow\w*",
        r"\bzaz\b",
    ),
    (
        "cis",
        None,
        r"centr\w+ integracji spoleczn\w*",
        r"\bcis\b",
    ),
    (
        "kis",
        None,
        r"klub\w* integracji spoleczn\w*",
        r"\bkis\b",
    ),
    (
        "spoldzielnia_niewidomych",
        "spoldzielnia",
        r"spoldzieln\w+ niewidomych",
        r"spoldzieln\w+ (?:inwalidow i niewidomych)",
    ),
    (
        "spoldzielnia_inwalidow",
        "spoldzielnia",
        r"sp(?:oldzieln\w+|oldz)? inwalidow",
    ),
    (
        "spoldzielnia_produkcji_rolnej",
        "spoldzielnia",
        r"spoldzieln\w+ produkcji rolnej",
        r"spoldzieln\w+ produkcyjn\w+",
        r"\brsp\b",
    ),
    (
        "spoldzielnia_pracy",
        "spoldzielnia",
        r"spoldzieln\w+ pracy",
    ),
    (
        "podmiot_art3_ust3",
        "stowarzyszenie",
        r"stowarzyszeni\w+ jst",
        r"stowarzyszeni\w+ (?:gmin|powiatow|jednostek samorzadu)",
    ),
    (
        "ngo",
        "stowarzyszenie_zwykle",
        r"stowarzyszeni\w+ zwykl\w+",
    ),
    (
        "ngo",
        "zwiazek_stowarzyszen",
        r"zwiaz\w+ stowarzyszen",
    ),
    (
        "ngo",
        "kgw",
        r"kol\w+ gospodyn wiejskich",
        r"\bkgw\b",
    ),
    (
        "ngo",
        "osp",
        r"ochotnicz\w+ straz\w* pozarn\w*",
        r"\bosp\b",
    ),
    (
        "podmiot_art3_ust3",
        "koscielna_osoba_prawna",
        r"koscieln\w+ (?:osob|jednostk)\w*",
        r"osob\w+ prawn\w+ kosciol\w*",
        r"parafi\w+",
        r"\bcaritas\b",
        r"zakon\b",
        r"zgromadzeni\w+",
    ),
    (
        "ngo",
        "klub_sportowy",
        r"(?:uczniowsk|ludow|wojskow)\w+ klub\w* sportow\w*",
        r"klub\w* sportow\w*",
        r"\b(?:uks|lks|luks|muks|mks|gks)\b",
    ),
    (
        "ngo",
        "fundacja",
        r"fundacj\w+",
        r"\bfoundation\b",
    ),
    (
        "ngo",
        "stowarzyszenie",
        r"lokaln\w+ grup\w+ dzialania",
        r"\blgd\b",
    ),
    (
        "ngo",
        "stowarzyszenie",
        r"stowarzyszeni\w+",
        r"towarzystw\w+",
        r"\bassociation\b",
    ),
    (
        "podmiot_art3_ust3",
        "spolka_akcyjna",
        r"spolk\w+ akcyjn\w+(?: non profit)?",
    ),
    (
        "podmiot_art3_ust3",
        "spolka_zoo",
        r"spolk\w+ (?:z o o )?non ?profit",
        r"sp z o ?o(?: non ?profit)?",
        r"spolk\w+ z o ?o",
        r"spolk\w+ z ograniczona odpowiedzialnoscia",
        r"non ?profit",
    ),
    (
        "podmiot_art3_ust3",
        None,
        r"podmiot\w* (?:z )?art3 ust3",
        r"art 3 ust 3",
    ),
    (
        "ngo",
        None,
        r"\bngo\b",
        r"organizacj\w+ pozarzadow\w+",
        r"\bopp\b",
        r"organizacj\w+ pozytku publicznego",
    ),
)
CELL_WORDS = tuple((re.compile("|".join(patterns)), kind, form) for kind, form, *patterns in _IN_CELLS)
FORM_WORDS = (
    (
        re.compile(
            r"zaklad\w* budzetow\w*|\bjst\b|"
            r"jednostk\w+ (?:budzetow\w*|gmin\w*|miast\w*|powiat\w*|samorzad\w*|organizacyjn\w*)"
        ),
        "jst_jednostka",
    ),
    (re.compile(r"spoldzieln\w+"), "spoldzielnia"),
    (re.compile(r"\binn[ae]\b"), "inna"),
)
_IN_NAMES = (
    (
        "spoldzielnia_socjalna",
        "spoldzielnia",
        r"\bspoldzielnia socjalna\b",
        r"\bspoldz socjalna\b",
    ),
    (
        "wtz",
        None,
        r"\bwarsztat\w* terapii zajeciow\w*",
        r"\bwtz\b",
    ),
    (
        "zaz",
        None,
        r"\bzaklad (?:aktywnosci|aktywizacji) zawodow\w*",
        r"\bzaz\b",
    ),
    (
        "cis",
        None,
        r"\bcentrum integracji spoleczn\w*",
        r"\bcis\b",
    ),
    (
        "kis",
        None,
        r"\bklub integracji spoleczn\w*",
        r"\bkis\b",
    ),
    (
        "spoldzielnia_niewidomych",
        "spoldzielnia",
        r"\bspoldzielnia niewidomych\b",
        r"\bspoldzielnia inwalidow i niewidomych\b",
    ),
    (
        "spoldzielnia_inwalidow",
        "spoldzielnia",
        r"\bspoldzielnia inwalidow\b",
    ),
    (
        "spoldzielnia_produkcji_rolnej",
        "spoldzielnia",
        r"\brolnicza spoldzielnia produkcyjna\b",
        r"\bspoldzielnia produkcji rolnej\b",
    ),
    (
        "spoldzielnia_pracy",
        "spoldzielnia",
        r"\bspoldzielnia pracy\b",
    ),
    (
        "ngo",
        "zwiazek_stowarzyszen",
        r"\bzwiazek stowarzyszen\b",
    ),
    (
        "ngo",
        "kgw",
        r"\bkolo gospodyn wiejskich\b",
        r"\bkgw\b",
    ),
    (
        "ngo",
        "osp",
        r"\bochotnicza straz pozarna\b",
        r"^osp\b",
    ),
    (
        "podmiot_art3_ust3",
        "koscielna_osoba_prawna",
        r"^(?:rzymskokatolicka )?parafia\b",
        r"^caritas\b",
        r"^zgromadzenie (?:siostr|braci)\b",
    ),
    (
        "podmiot_art3_ust3",
        "spolka_zoo",
        r"\bnon ?profit\b.*\bsp z o ?o\b",
        r"\bsp z o ?o\b.*\bnon ?profit\b",
        r"\bspolka z ograniczona odpowiedzialnoscia\b.*\bnon ?profit\b",
    ),
    (
        "ngo",
        "fundacja",
        r"\bfundacja\b",
    ),
    (
        "ngo",
        "klub_sportowy",
        r"\b(?:uczniowski|ludowy|wojskowy|miejski|gminny)? ?(?:\w+ )?klub sportowy\b",
        r"^(?:uks|lks|luks|muks|mks)\b",
    ),
    (
        "ngo",
        "stowarzyszenie",
        r"\bstowarzyszenie\b",
        r"\btowarzystwo\b",
        r"^lgd\b",
        r"\blokalna grupa dzialania\b",
    ),
)
NAME_WORDS = tuple((re.compile("|".join(patterns)), kind, form) for kind, form, *patterns in _IN_NAMES)
