"""What the portal can tell by itself about a formal criterion, beside the office's own yes or no."""

from django.utils import timezone

from quality_mark.applying import steps
from quality_mark.applying.eligibility import Check, age_check, kind_check
from quality_mark.applying.forms import stored_form


def computed(application):
    """{what a criterion calls it: Check}; a criterion that names none of these is for people alone."""
    organisation = application.offer.organisation
    day = timezone.localdate(application.submitted_at)
    return {
        "kind": kind_check(organisation, application.rulebook),
        "months": age_check(organisation, application.rulebook, day),
        "income": income_check(application),
    }


def income_check(application):
    form = stored_form(application, steps.MONEY)
    form.is_valid()
    if form.share is None:
        return Check("Przychody własne", None, "Z podanych kwot nie da się policzyć udziału.")
    return Check("Przychody własne", form.share >= application.rulebook.least_own_income, form.remark)
