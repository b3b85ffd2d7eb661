"""One organisation in words: what its page shows, with nothing left to ask the database."""

from functools import cached_property

from django.utils.html import format_html
from django.utils.text import Truncator

from core.templatetags.portal import date_words, nip
from registry.cards import freshness, reading
from registry.cards.areas import Areas, municipality_words
from registry.cards.links import mail_link, marks_of_card, phone_link, web_link
from registry.cards.offers import offer_line
from registry.choices import TargetGroup

LEAD_LENGTH = 320


class Card:
    """`organisation` comes from registry.cards.reading; `today` decides which status and mark are valid."""

    def __init__(self, organisation, *, today):
        self.organisation = organisation
        self.today = today
        self.party = organisation.party
        self.institution = organisation.institution
        self.unit = organisation.unit
        self.legal_person = self.unit.operator if self.unit else self.institution
        offers = list(organisation.offers.all())
        areas = Areas([*organisation.serves, *(code for offer in offers for code in offer.serves)])
        self.area = areas.words(organisation.serves)
        lines = [offer_line(offer, areas=areas, today=today, fallback=organisation.serves) for offer in offers]
        self.offers = sorted(lines, key=lambda line: line.mark is None)  # those with the mark first
        self.references = list(organisation.references.all())
        self.workplaces = [workplace_line(workplace) for workplace in organisation.workplaces.all()]
        self.operator_card = reading.operator_card(organisation)
        self.units = reading.unit_cards(organisation)

    # What they do

    @cached_property
    def lead(self):
        """The first paragraph of the description when it is short; without a description what the offers are."""
        if not self.organisation.description:
            labels = dict.fromkeys(line.offer.category.label for line in self.offers if line.offer.category)
            return ", ".join(labels)
        first = self._paragraphs[0]
        return first if len(first) <= LEAD_LENGTH else ""

    @cached_property
    def text(self):
        """The rest of the description."""
        return "\n\n".join(self._paragraphs[1:] if self.lead else self._paragraphs) if self._paragraphs else ""

    @cached_property
    def summary(self):
        """One or two sentences for search engines and previews."""
        place = f"{self.organisation.kind.label}, {self.place}" if self.place else self.organisation.kind.label
        return Truncator(" ".join((self.organisation.description or self.lead or place).split())).chars(200)

    @cached_property
    def _paragraphs(self):
        return [part.strip() for part in self.organisation.description.splitlines() if part.strip()]

    def offer_line(self, offer_id):
        return next((line for line in self.offers if line.offer.pk == offer_id), None)

    # Status and mark

    @cached_property
    def ps(self):
        """The statutory status valid today, or None. A unit has none: its operator may."""
        return next((status for status in self._statuses if status.is_active_on(self.today)), None)

    @cached_property
    def past_ps(self):
        return [status for status in self._statuses if status.lost_on and status.lost_on <= self.today]

    @cached_property
    def _statuses(self):
        if self.unit:
            return []
        return sorted(self.institution.ps_statuses.all(), key=lambda status: status.granted_on, reverse=True)

    @cached_property
    def marked(self):
        """Offers whose mark is valid today."""
        return [line for line in self.offers if line.mark]

    @cached_property
    def mark_until(self):
        return max((line.mark_until for line in self.marked), default=None)

    @property
    def mark_page(self):
        """Where the badge of the card leads: to its only mark, or to all of them."""
        return self.marked[0].mark.page if len(self.marked) == 1 else marks_of_card(self.organisation.pk)

    @cached_property
    def art94(self):
        """Why a contract may be reserved for them under art. 94 of the procurement act; empty when nothing says so."""
        if self.organisation.kind.is_art94:
            return f"art. 94 Pzp z mocy prawa: {self.organisation.kind.label}"
        if self.legal_person and self.legal_person.is_zpch:
            return "art. 94 Pzp: zakład pracy chronionej"
        return "art. 94 Pzp: podmiot deklaruje, że spełnia warunki" if self.organisation.art94_declared else ""

    @cached_property
    def former_status(self):
        """The status that support centres gave before the act of 2022; it is history, not today's status."""
        if self.unit or not self.institution.has_ct9_status:
            return ""
        since = self.institution.ct9_granted_on
        granted = f"nadany {date_words(since)} przez OWES" if since else "nadany przez OWES"
        return f"{granted} według dawnych wytycznych (CT9); to nie jest dzisiejszy status PS"

    # Where, and how to reach them

    @cached_property
    def place(self):
        """ "Wrocław" or "Kłodzko, powiat kłodzki"."""
        town, county = self.party.town, self.party.county
        if county and county.is_city and town in ("", county.name):
            return county.name
        return ", ".join(str(part) for part in (town, county) if part)

    @cached_property
    def address(self):
        """Lines as on an envelope, the village in the first one where the village has no streets."""
        party = self.party
        post = party.post_office if party.post_office != party.town else ""
        street = party.street_line if party.street or not post else f"{party.town} {party.street_line}".strip()
        town = post if post and not party.street else party.town
        lines = [street, f"{party.postal_code} {town}".strip()]
        return [line for line in lines if line]

    @cached_property
    def contact(self):
        organisation, party = self.organisation, self.party
        social = [web_link(address) for address in organisation.social_media]
        return _present(
            ("Telefon", phone_link(party.phone)),
            ("Inne telefony", party.phone_other),
            ("E-mail", mail_link(party.email)),
            ("Strona", web_link(party.www)),
            ("W sieci", format_html("{}" + "<br>{}" * (len(social) - 1), *social) if any(social) else ""),
            ("Godziny", organisation.opening_hours),
            ("Osoba", organisation.contact_person if organisation.contact_consent_on else ""),
            ("e-Doręczenia", "" if self.unit else self.institution.ade),
        )

    @cached_property
    def territory(self):
        """Municipality and county, which the postal address does not say."""
        party = self.party
        municipality = municipality_words(party.municipality) if party.municipality else ""
        if party.county and party.county.is_city:
            return ""
        return ", ".join(str(part) for part in (municipality, party.county) if part)

    # For a buyer's paperwork

    @cached_property
    def registers(self):
        organisation, institution, unit = self.organisation, self.institution, self.unit
        if unit:
            operator = unit.operator
            return _present(
                ("Rodzaj", organisation.kind.label),
                ("Nr w rejestrze", unit.register_number),
                ("REGON", unit.regon),
                ("NIP", f"{nip(operator.nip)} (organ prowadzący)" if operator and operator.nip else ""),
                ("Działa od", date_words(unit.started_on)),
                ("Status do", date_words(unit.expires_on)),
                ("Koniec działalności", date_words(unit.ended_on)),
            )
        return _present(
            ("Rodzaj", organisation.kind.label),
            ("Forma prawna", institution.legal_form.label if institution.legal_form else ""),
            ("NIP", nip(institution.nip)),
            ("REGON", institution.regon),
            ("KRS", institution.krs),
            (institution.other_register or "Inny rejestr", institution.other_register_number),
            ("Rok założenia", institution.founded_year),
        )

    @cached_property
    def standing(self):
        """What the law and others say about them: status, reserved contracts, public benefit, other marks."""
        organisation, opp = self.organisation, not self.unit and self.institution.is_opp
        employees = organisation.get_employees_display()
        return _present(
            ("Status PS", status_words(self.ps) if self.ps else ""),
            *(("Dawny status PS", status_words(status)) for status in self.past_ps),
            ("Zamówienia zastrzeżone", self.art94),
            ("Pożytek publiczny", "organizacja pożytku publicznego (OPP)" if opp else ""),
            ("Status sprzed ustawy", self.former_status),
            ("Inne znaki", organisation.other_marks),
            ("Zatrudnienie", f"{employees} osób" if employees else ""),
            ("Opiekun (OWES)", organisation.support_centre),
        )

    @cached_property
    def pkd(self):
        return list(self.organisation.pkd_links.all())

    @cached_property
    def people(self):
        """Groups that find work and support here."""
        known = dict(TargetGroup.choices)
        return [known[group] for group in self.organisation.target_groups if group in known]

    # How far to believe it

    @cached_property
    def confirmed(self):
        return freshness.confirmed(self.organisation)

    @cached_property
    def ended_on(self):
        return freshness.ended_on(self.organisation, today=self.today)

    @cached_property
    def warning(self):
        return freshness.warning(self.organisation, today=self.today)

    @cached_property
    def source(self):
        """ "Wykaz regionalny, stan na 1 stycznia 2026"."""
        if not self.organisation.source:
            return ""
        as_of = self.organisation.source_as_of
        return (
            f"{self.organisation.source.name}, stan na {date_words(as_of)}" if as_of else self.organisation.source.name
        )


def status_words(status):
    """ "od 12 maja 2024, decyzja PS.1.2024, Wojewoda Dolnośląski, cel: reintegracja społeczna i zawodowa"."""
    lost = f"utracony {date_words(status.lost_on)}" if status.lost_on else ""
    decision = f"decyzja {status.decision_number}" if status.decision_number else ""
    goal = f"cel: {status.get_goal_display()}" if status.goal else ""
    parts = [f"od {date_words(status.granted_on)}", lost, decision, status.authority, goal]
    return ", ".join(part for part in parts if part)


def workplace_line(workplace):
    """ "Pracownia, ul. Długa 5, 59-220 Legnica"."""
    town = f"{workplace.postal_code} {workplace.town}".strip()
    return ", ".join(part for part in (workplace.name, workplace.street_line, town) if part)


def _present(*facts):
    return [(name, value) for name, value in facts if value]
