"""Whether whoever recommends is somebody else than the applicant. What is certain is refused; what is only likely is
told to those who check and assess, and stops nobody."""

import re
from urllib.parse import urlsplit

from core.exceptions import Refused
from core.polish import fold
from quality_mark.access import grants_for

OWN_ADDRESS = (
    "To adres Waszego podmiotu albo osoby, która działa w jego imieniu. Rekomendację pisze klient: podaj jego adres."
)
OWN_NAME = "To Wasz własny podmiot. Wpisz, kto go poleca, na przykład klienta."
# Who has an address here has it as a private person: it says nothing of where they work.
FREE = frozenset(
    """gmail.com googlemail.com wp.pl o2.pl tlen.pl go2.pl onet.pl onet.eu poczta.onet.pl poczta.onet.eu op.pl vp.pl
    interia.pl interia.eu interia.com poczta.fm gazeta.pl buziaczek.pl autograf.pl spoko.pl outlook.com hotmail.com
    live.com msn.com yahoo.com yahoo.pl icloud.com me.com proton.me protonmail.com gmx.com gmx.net aol.com int.pl
    home.pl neostrada.pl""".split()
)


def box(email):
    """The mailbox of an address: what stands after a plus sign is its owner's own sorting."""
    name, _, domain = email.strip().lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}" if domain else ""


def refuse_own(organisation, *, recommender, email=""):
    """Refused, beside the field: the organisation itself, its addresses, those of accounts that act for it."""
    if _is_named(organisation, recommender):
        raise Refused(OWN_NAME, field="recommender")
    if email and box(email) in _boxes(organisation):
        raise Refused(OWN_ADDRESS, field="email")


def remarks(application):
    """{id of a recommendation: [sentences]} of what makes one doubtful; only of those with a doubt."""
    if application.forgotten_at:
        return {}
    rows = list(application.recommendations.all())
    organisation = application.offer.organisation
    boxes, domains, people = _boxes(organisation), _domains(organisation), _people(application)
    found = {}
    for row in rows:
        others = [one for one in rows if one.pk != row.pk]
        said = [
            _of_address(row.email, boxes, domains) if row.email else "",
            "Poleca podmiot o nazwie albo NIP-ie wnioskodawcy." if _is_named(organisation, row.recommender) else "",
            "Podpisała ją osoba o nazwisku kogoś, kto działa w imieniu wnioskodawcy."
            if _plain(row.signed_name) in people
            else "",
            *_as_another(row, others),
        ]
        if said := [sentence for sentence in said if sentence]:
            found[row.pk] = said
    return found


def with_remarks(application, rows):
    """The same rows, each with its `remarks`."""
    found = remarks(application)
    for row in rows:
        row.remarks = found.get(row.pk, [])
    return rows


def _of_address(email, boxes, domains):
    domain = email.rpartition("@")[2].lower()
    if box(email) in boxes:
        return "Adres e-mail należy do wnioskodawcy albo osoby, która działa w jego imieniu."
    if any(domain == one or domain.endswith(f".{one}") for one in domains):
        return f"Adres e-mail jest w domenie wnioskodawcy ({domain})."
    return ""


def _as_another(row, others):
    if row.email and any(box(row.email) == box(one.email) for one in others):
        yield "Inna rekomendacja ma ten sam adres e-mail."
    if row.signed_name and any(_plain(row.signed_name) == _plain(one.signed_name) for one in others):
        yield "Inną rekomendację podpisała osoba o tym samym nazwisku."
    if any(_plain(row.recommender) == _plain(one.recommender) for one in others):
        yield "Inna rekomendacja jest od tego samego polecającego."


def _parties(organisation):
    unit = organisation.unit
    return [one for one in (organisation.institution, unit, unit.operator if unit else None) if one]


def _boxes(organisation):
    accounts = grants_for(organisation).values_list("user__email", flat=True)
    return {box(email) for email in (*accounts, *(one.email for one in _parties(organisation))) if email}


def _domains(organisation):
    """Of the organisation's addresses and its website. Those of its people may be their own employers'."""
    parties = _parties(organisation)
    hosts = [one.email.rpartition("@")[2] for one in parties] + [urlsplit(one.www).hostname or "" for one in parties]
    return {host.lower().removeprefix("www.") for host in hosts if host} - FREE


def _people(application):
    organisation = application.offer.organisation
    names = grants_for(organisation).values_list("user__full_name", flat=True)
    return {_plain(name) for name in (*names, organisation.contact_person, application.signed_name)} - {""}


def _is_named(organisation, recommender):
    """Whether this is the organisation's own name, however it is written, or holds its NIP."""
    digits = re.sub(r"\D", "", recommender)
    parties = _parties(organisation)
    nips = [nip for one in parties if (nip := getattr(one, "nip", ""))]
    return _plain(recommender) in {_plain(one.name) for one in parties} or any(nip in digits for nip in nips)


def _plain(text):
    return " ".join(re.findall(r"\w+", fold(text)))
