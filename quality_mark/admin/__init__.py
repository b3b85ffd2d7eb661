"""The coordinators' admin of the mark. Autodiscovery imports this package: modules register their own."""

from quality_mark.admin import cases, intakes, rulebooks  # noqa: F401
