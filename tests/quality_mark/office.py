"""A case with the office: an applicant, two coordinators, and the pages they press."""

from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from quality_mark.applying import steps
from quality_mark.choices import ApplicationState
from quality_mark.office.places import standing
from quality_mark.use_cases import calling, checking
from tests.accounts.factories import account
from tests.quality_mark.factories import NOW, ApplicationFactory

WAITING = {"text": "Napisz, dla kogo.", "step": steps.AIM, "field": "aim", "code": ""}


def clerk(email="ola@example.pl"):
    return account(Role.COORDINATOR, email=email)


def applicant_of(case, email="podmiot@example.pl"):
    return account(Role.REPRESENTATIVE, email=email, organisation=case.offer.organisation)


def case_in(state, **given):
    given.setdefault("answers", {steps.AIM: {"aim": "praca", "results": "dużo"}})
    return ApplicationFactory(state=state, **given)


def checked(person, **given):
    """A case in its formal check, handled by this coordinator."""
    return case_in(ApplicationState.FORMAL_CHECK, handled_by=person, **given)


def called(case, person, *faults, now=NOW):
    return calling.call(
        application_id=case.pk, faults=list(faults) or [WAITING], standing=standing, actor=person, now=now
    )


def met(case, person, is_met=True, now=NOW):
    """Every criterion of the case answered."""
    verdicts = {one.pk: (is_met, "") for one in case.rulebook.formalcriterion_set.all()}
    checking.judge(application_id=case.pk, verdicts=verdicts, actor=person, now=now)


def signed_in(person):
    client = Client()
    client.force_login(person, settings.AUTHENTICATION_BACKENDS[0])
    return client


def address(name, case, **more):
    return reverse(f"quality_mark:{name}", kwargs={"pk": case.pk} | more)
