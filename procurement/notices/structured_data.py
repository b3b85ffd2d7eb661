"""schema.org for search engines (JSON-LD): the same facts as on the page of a notice, never more."""

from django.utils import timezone


def demand_data(page, *, absolute):
    """`page` is a NoticePage; `absolute` makes a full address of a path, as request.build_absolute_uri does."""
    notice, url = page.notice, absolute(page.url)
    demand = {
        "@type": "Demand",
        "@id": url,
        "url": url,
        "name": notice.subject,
        "description": notice.description[:300],
        "identifier": notice.posting.ocid,
        "availabilityStarts": _iso(notice.published_at),
        "availabilityEnds": _iso(notice.deadline_at),
        "areaServed": str(notice.municipality or notice.county or ""),
        "category": [f"CPV {code.code} {code.label_pl}" for code in page.codes],
        "itemOffered": {"@type": "Service", "name": notice.subject},
    }
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": page.buyer,
        "taxID": notice.authority.institution.nip,
        "seeks": demand,
    }


def _iso(moment):
    return timezone.localtime(moment).isoformat() if moment else ""
