"""One mark with everything that tells how it stood on any day, in one query: the page that has to answer at once."""

from datetime import date, datetime

from django.db import connection

from quality_mark.models import Application, Licence, Mark, MarkStep, Rulebook
from registry.models import County, Institution, Offer, OfferCategory, Organisation, OrganisationKind, Unit

_SQL = """
SELECT m.id, m.state, m.since, m.valid_until, m.public_note, o.id, o.name, o.removed_at, c.code, c.label,
       g.slug, g.published_at, g.kind_id, i.id, i.name, i.nip, u.id, u.name, d.teryt, d.name, d.is_city,
       (SELECT json_agg(json_build_array(l.granted_on, l.valid_until, a.applicant->>'name') ORDER BY l.granted_on)
        FROM quality_mark_licence l JOIN quality_mark_application a ON a.id = l.application_id WHERE l.mark_id = m.id),
       (SELECT json_agg(json_build_array(s.name, s.source, s.target, s.at) ORDER BY s.at, s.id)
        FROM quality_mark_markstep s WHERE s.mark_id = m.id),
       (SELECT json_agg(json_build_array(a.state, a.submitted_at, a.decided_at, r.valid_while_renewed))
        FROM quality_mark_application a JOIN quality_mark_rulebook r ON r.id = a.rulebook_id WHERE a.mark_id = m.id)
FROM quality_mark_mark m
JOIN registry_offer o ON o.id = m.offer_id
JOIN registry_organisation g ON g.id = o.organisation_id
LEFT JOIN registry_offercategory c ON c.code = o.category_id
LEFT JOIN registry_institution i ON i.id = g.institution_id
LEFT JOIN registry_unit u ON u.id = g.unit_id
LEFT JOIN registry_county d ON d.teryt = CASE WHEN u.id IS NULL THEN i.county_id ELSE u.county_id END
WHERE m.number = %s
"""


def found_row(number):
    """The row of a number, or None: whatever of it is told changes when and only when this does."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [number])
        return cursor.fetchone()


def told_mark(number, row):
    """The same as MarkQuerySet.told() gives, with only what standing and rows read of it."""
    pk, state, since, valid_until, note, *of, licences, steps, renewals = row
    mark = Mark(
        pk=pk, number=number, offer=_offer(*of), state=state, since=since, valid_until=valid_until, public_note=note
    )
    mark._prefetched_objects_cache = {
        "licences": _List(_licence(*one) for one in licences or ()),
        "steps": _List(_step(*one) for one in steps or ()),
        "renewals": _List(_renewal(*one) for one in renewals or ()),
    }
    return mark


class _List(list):
    """What a manager's all() gives, without a query."""

    def all(self):
        return self


def _offer(pk, name, removed_at, code, label, slug, published_at, kind, *of):
    category = OfferCategory(code=code, label=label) if code else None
    organisation = _organisation(slug, published_at, kind, *of)
    return Offer(pk=pk, name=name, removed_at=removed_at, category=category, organisation=organisation)


def _organisation(slug, published_at, kind, institution, name, nip, unit, unit_name, teryt, county, is_city):
    seat = {"county": County(teryt=teryt, name=county, is_city=is_city) if teryt else None}
    return Organisation(
        slug=slug,
        published_at=published_at,
        kind=OrganisationKind(code=kind),
        institution=Institution(pk=institution, name=name, nip=nip, **seat) if institution else None,
        unit=Unit(pk=unit, name=unit_name, **seat) if unit else None,
    )


def _licence(granted_on, valid_until, name):
    return Licence(
        granted_on=date.fromisoformat(granted_on),
        valid_until=date.fromisoformat(valid_until),
        application=Application(applicant={"name": name or ""}),
    )


def _step(name, source, target, at):
    return MarkStep(name=name, source=source, target=target, at=datetime.fromisoformat(at))


def _renewal(state, submitted_at, decided_at, stays):
    return Application(
        state=state, submitted_at=_moment(submitted_at), decided_at=_moment(decided_at),
        rulebook=Rulebook(valid_while_renewed=stays),
    )  # fmt: skip


def _moment(text):
    return datetime.fromisoformat(text) if text else None
