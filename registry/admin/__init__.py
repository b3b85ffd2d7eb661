"""The coordinators' admin of the register. Autodiscovery imports this package: modules register their own."""

from registry.admin import (  # noqa: F401
    cards,
    confirming,
    dictionaries,
    duplicates,
    imports,
    institutions,
    offers,
    proposals,
    reports,
    representation,
    terms,
)
