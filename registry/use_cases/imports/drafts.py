"""One row of a sheet as the register would have it: clean values, codes of dictionaries, and what could not be taken.

Reads dictionaries once (`Reader`), never the register: what the row means there is decided by match.py.
"""

from dataclasses import dataclass, field

from registry.choices import TargetGroup
from registry.models import OrganisationKind, PkdCode
from registry.spreadsheets import clean_row
from registry.spreadsheets.repairs import REFUSING_FIELDS
from registry.use_cases.imports.fields import IDENTIFIERS, labels
from registry.use_cases.imports.names import Name, name_of
from registry.use_cases.imports.offers import Classifier
from registry.use_cases.imports.places import Territory

ASSUMED_KIND = "ngo"
# Taken over as they were cleaned, under the same name.
_PLAIN = (
    "name short_name legal_form nip regon krs street house_number flat_number postal_code post_office town phone "
    "phone_other email www description mission opening_hours accessibility ade employees is_opp is_zpch"
).split()
_DATES = {"verified_on": "verified_on", "page_date": "source_as_of"}
_OPP = frozenset(("organizacja pożytku publicznego", "opp", "organizacja pożytku publicznego (opp)"))
_GROUPS = (
    ("niepelnosprawn", TargetGroup.DISABLED),
    ("bezrobot", TargetGroup.UNEMPLOYED),
    ("poszukujac", TargetGroup.JOB_SEEKERS),
    ("usamodzieln", TargetGroup.CARE_LEAVERS),
    ("piecz", TargetGroup.CARE_LEAVERS),
    ("karn", TargetGroup.PRISON_LEAVERS),
    ("wiezi", TargetGroup.PRISON_LEAVERS),
    ("pozbawion", TargetGroup.PRISON_LEAVERS),
    ("psychicz", TargetGroup.MENTAL_HEALTH),
    ("bezdomn", TargetGroup.HOMELESS),
    ("uchodz", TargetGroup.REFUGEES),
    ("miedzynarodow", TargetGroup.REFUGEES),
    ("mniejszo", TargetGroup.MINORITIES),
)


@dataclass(slots=True)
class Draft:
    """`notes` are {"column", "value", "reason"}; `rejection` is one of them or None; `repairs` {name: [codes]}."""

    number: int
    raw: list
    digest: bytes | None = None
    values: dict = field(default_factory=dict)
    name: Name = Name("", "")
    is_unit: bool = False
    # Read from the name, so only as good as nothing better.
    guessed: frozenset = frozenset()
    # {"nip": …} of what the row gives; of a unit these are its operator's.
    identifiers: dict = field(default_factory=dict)
    operator: str | None = None
    notes: list = field(default_factory=list)
    repairs: dict = field(default_factory=dict)
    rejection: dict | None = None


class Reader:
    """Turns rows of one sheet into drafts. Dictionaries are read when it is made."""

    def __init__(self, *, mapping, other_regions=False):
        self.mapping = mapping
        self.other_regions = other_regions
        self.territory = Territory()
        self.classifier = Classifier()
        self._units = set(OrganisationKind.objects.filter(is_unit=True).values_list("code", flat=True))
        self._labels = labels()
        headings = {column.index: column.heading for column in mapping.columns}
        self._headings = headings
        self._column = {name: mapping.column_of(name) for name in mapping.fields}
        pkd_heading = self._column.get("pkd")
        version = 2025 if pkd_heading and "2025" in pkd_heading.heading else 2007
        self._pkd = dict(PkdCode.objects.filter(version=version).values_list("symbol", "pk"))
        self._has_ps_column = "ps_status" in self._column

    def read(self, row, digest=None):
        """`Draft` of a registry.spreadsheets Row. Never raises for anything a cell may hold."""
        draft = Draft(row.number, row.cells, digest)
        cleaned = clean_row(self.mapping, row.cells)
        found = {}
        for name, outcome in cleaned.items():
            if outcome.notes:
                draft.repairs[name] = [note.code for note in outcome.notes]
            if outcome.problem:
                if name != "kind":
                    self._refuse(draft, name, outcome.problem)
            elif outcome.doubt:
                self.note(draft, name, outcome.doubt)
            if outcome.value is not None:
                found[name] = outcome.value
        for index, reason in row.doubts:
            self._doubt_of_cell(draft, index, reason)
        if "name" not in found and draft.rejection is None:
            self._refuse(draft, "name", "brak nazwy podmiotu")
        values = draft.values
        for name in _PLAIN:
            if name in found:
                values[name] = found[name]
        draft.name = name_of(values.get("name", ""))
        self._set_kind(draft, found, cleaned.get("kind"))
        draft.identifiers = {name: values[name] for name in IDENTIFIERS if name in values}
        self._set_place(draft, found)
        self._set_lists(draft, found)
        self._set_dates(draft, found)
        self._set_status(draft, found)
        self._set_rest(draft, found)
        return draft

    def note(self, draft, name, reason, value=None):
        column, printed = self._printed(draft, name)
        draft.notes.append({"column": column, "value": printed if value is None else value, "reason": reason})

    def reject(self, draft, name, reason):
        """Refuse the whole row; a second reason is added to the first."""
        column, value = self._printed(draft, name)
        if draft.rejection:
            draft.rejection["reason"] = f"{draft.rejection['reason']}; {column}: {reason}"
        else:
            draft.rejection = {"column": column, "value": value, "reason": reason}

    def _refuse(self, draft, name, reason):
        if name in REFUSING_FIELDS:
            self.reject(draft, name, reason)
        else:
            self.note(draft, name, f"{reason}; pole zostawiono puste")

    def _printed(self, draft, name):
        """(heading, cell text) of a value; a value that no column of its own gives goes under its label."""
        column = self._column.get(name)
        if column is None:
            return self._labels.get(name, name), ""
        text = draft.raw[column.index] if column.index < len(draft.raw) else ""
        return column.heading, text

    def _doubt_of_cell(self, draft, index, reason):
        text = draft.raw[index] if index < len(draft.raw) else ""
        draft.notes.append({"column": self._headings.get(index, ""), "value": text, "reason": reason})

    def _set_kind(self, draft, found, outcome):
        values = draft.values
        kind = found.get("kind")
        draft.guessed = frozenset(name for name, codes in draft.repairs.items() if "z-nazwy" in codes)
        if kind is None:
            kind = ASSUMED_KIND
            draft.guessed |= {"kind"}
            problem = outcome and outcome.problem or "nie wiadomo, jaki to rodzaj podmiotu"
            self.note(draft, "kind", f"{problem}; przyjęto: organizacja pozarządowa")
        values["kind"] = kind
        draft.is_unit = kind in self._units
        operator = found.get("operator")
        if not draft.is_unit:
            if found.get("other_register"):
                values["other_register"] = found["other_register"]
            if operator and name_of(operator) != draft.name:
                self.note(draft, "operator", "organ prowadzący ma tylko WTZ, ZAZ, CIS i KIS; nie zapisano")
            return
        values["unit"] = True
        draft.operator = operator
        values.pop("legal_form", None)
        for flag in ("is_opp", "is_zpch", "ade"):
            values.pop(flag, None)
        regon = values.get("regon", "")
        # The first nine digits are the legal person, the rest is the place it runs.
        if len(regon) == 14:
            values["unit_regon"], values["regon"] = regon, regon[:9]
        register_number = found.get("other_register")
        if register_number and len(register_number) <= 60:
            values["register_number"] = register_number

    def _set_place(self, draft, found):
        gmina = found.get("gmina")
        place = self.territory.place(
            voivodeship=found.get("voivodeship"),
            powiat=found.get("powiat"),
            gmina=gmina,
            teryt=found.get("gmina_teryt"),
            town=found.get("town"),
        )
        if place.municipality:
            draft.values["municipality"] = place.municipality
        if place.county:
            draft.values["county"] = place.county
        for name, reason in place.doubts:
            self.note(draft, name, reason)
        if place.foreign:
            self._set_foreign(draft, found, place.foreign)

    def _set_foreign(self, draft, found, where):
        name = "voivodeship" if found.get("voivodeship") else "gmina_teryt"
        served, _ = self.territory.area(found.get("area", ()))
        if self.other_regions or any(code != "PL" for code in served):
            self.note(draft, name, f"{where}; powiatu i gminy spoza województwa nie zapisano")
            return
        region = self.territory.region.name
        self.reject(draft, name, f"podmiot spoza województwa ({where}); rejestr obejmuje województwo {region}")

    def _set_lists(self, draft, found):
        values = draft.values
        if offers := found.get("offers"):
            named = [offer for offer in offers if offer.lower() not in _OPP]
            if len(named) < len(offers) and not draft.is_unit:
                values["is_opp"] = True
            if named:
                values["offers"] = [[offer, *self.classifier.suggest(offer)] for offer in named]
        if area := found.get("area"):
            served, unknown = self.territory.area(area)
            if served:
                values["serves"] = served
            if unknown:
                self.note(draft, "area", f"nie rozpoznano obszaru: {'; '.join(unknown)}")
        if groups := found.get("target_groups"):
            self._set_groups(draft, groups)
        if symbols := found.get("pkd"):
            codes = [self._pkd[symbol] for symbol in symbols if symbol in self._pkd]
            if codes:
                values["pkd"] = codes
            if len(codes) < len(symbols):
                unknown = ", ".join(symbol for symbol in symbols if symbol not in self._pkd)
                self.note(draft, "pkd", f"nie ma takich kodów PKD: {unknown}")
        if pages := found.get("social_media"):
            values["social_media"] = list(pages)

    def _set_groups(self, draft, texts):
        codes, unknown = {}, []
        for text in texts:
            folded = name_of(text).folded
            hits = [group for stem, group in _GROUPS if stem in folded]
            codes.update(dict.fromkeys(hits))
            if not hits:
                unknown.append(text)
        if codes:
            draft.values["target_groups"] = list(codes)
        if unknown:
            self.note(draft, "target_groups", f"nie rozpoznano grup: {'; '.join(unknown)}")

    def _set_dates(self, draft, found):
        for name, target in _DATES.items():
            if day := found.get(name):
                draft.values[target] = day.isoformat()
        if day := found.get("founded_on"):
            if draft.is_unit:
                draft.values["started_on"] = day.isoformat()
            else:
                draft.values["founded_year"] = day.year

    def _set_status(self, draft, found):
        """The statutory status needs a date and either a yes or the number of a decision; nothing is assumed."""
        if found.get("ct9") is not None and not draft.is_unit:
            draft.values["has_ct9_status"] = found["ct9"]
        has, granted, lost = found.get("ps_status"), found.get("ps_granted_on"), found.get("ps_lost_on")
        number = found.get("ps_decision_number", "")
        if has is None and not self._has_ps_column and number:
            has = True
        if not (has or granted or lost or number):
            return
        if draft.is_unit:
            self.note(draft, "ps_status", "status PS może mieć tylko organ prowadzący jednostki; nie zapisano")
        elif not has:
            name = "ps_granted_on" if granted else "ps_lost_on" if lost else "ps_decision_number"
            self.note(draft, name, "data lub decyzja bez statusu PS; pole zostawiono puste")
        elif not granted:
            if "ps_granted_on" not in draft.repairs or has:
                self.note(draft, "ps_status", "status PS bez daty nadania; nie zapisano")
        elif lost and lost <= granted:
            self.note(draft, "ps_lost_on", "utrata statusu PS nie może być przed jego nadaniem; statusu nie zapisano")
        else:
            draft.values["ps"] = {
                "granted_on": granted.isoformat(),
                "lost_on": lost.isoformat() if lost else None,
                "decision_number": number,
            }

    def _set_rest(self, draft, found):
        mark = found.get("mark_info")
        if mark and mark.lower() in _OPP and not draft.is_unit:
            draft.values["is_opp"] = True
        elif mark:
            self.note(draft, "mark_info", "znaku ani decyzji nie zapisuje się z opisu; dodaj je na karcie podmiotu")
        if found.get("contact_person"):
            self.note(draft, "contact_person", "nazwisko można podać tylko z datą zgody tej osoby; nie zapisano")
        if found.get("email_other"):
            self.note(draft, "email", f"zapisano tylko pierwszy adres; pominięto: {found['email_other']}")
