"""Institutions of the register that buy."""

from core.slugs import free_slug
from procurement.models import ContractingAuthority


def authority_of(institution, *, now):
    """The ContractingAuthority that this institution is, made when it was none."""
    slug = free_slug(ContractingAuthority.objects, institution.name, nothing="zamawiajacy")
    authority, _ = ContractingAuthority.objects.get_or_create(
        institution=institution, defaults={"created_at": now, "slug": slug}
    )
    return authority
