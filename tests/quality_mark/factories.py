"""Rules, applications and marks as they stand in the database."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from quality_mark.choices import ApplicationState
from quality_mark.models import Application, FormalCriterion, Mark, Rulebook, SubstantiveCriterion
from tests.registry.factories import OfferFactory

NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)


class RulebookFactory(DjangoModelFactory):
    version = factory.Sequence(lambda number: number + 100)
    title = "Zasady"
    valid_from = date(2026, 1, 1)

    class Meta:
        model = Rulebook
        skip_postgeneration_save = True

    @factory.post_generation
    def announced(self, create, extracted, **kwargs):
        """Two criteria of each kind, then announced; `announced=False` leaves a draft."""
        for code in ("forma-prawna", "przychody"):
            FormalCriterion.objects.create(rulebook=self, code=code, title=code)
        for code in ("jakosc", "cel"):
            SubstantiveCriterion.objects.create(rulebook=self, code=code, title=code)
        if extracted is not False:
            self.published_at = NOW - timedelta(days=200)
            Rulebook.objects.filter(pk=self.pk).update(published_at=self.published_at)


class ApplicationFactory(DjangoModelFactory):
    """As many days old as its state needs; a number of its own once it was sent."""

    offer = factory.SubFactory(OfferFactory)
    rulebook = factory.SubFactory(RulebookFactory)
    state = ApplicationState.DRAFT
    started_at = NOW - timedelta(days=30)
    saved_at = factory.SelfAttribute("started_at")

    class Meta:
        model = Application

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        state = kwargs["state"]
        told = [kwargs[name] for name in ("complete_at", "decided_at") if kwargs.get(name)]
        if state in ApplicationState.sent():
            kwargs.setdefault("submitted_at", min([NOW - timedelta(days=20), *told]))
            kwargs.setdefault("number", f"ZP/2026/{Application.objects.sent().count() + 1:03}")
        if state in _COMPLETE:
            kwargs.setdefault("complete_at", max(NOW - timedelta(days=10), kwargs["submitted_at"]))
        if state in (*ApplicationState.over(), ApplicationState.GRANTED):
            dates = [kwargs[name] for name in ("submitted_at", "complete_at") if kwargs.get(name)]
            kwargs.setdefault("decided_at", max([NOW - timedelta(days=1), *dates]))
        kwargs["started_at"] = min(kwargs["started_at"], kwargs.get("submitted_at") or kwargs["started_at"])
        return kwargs


_COMPLETE = (
    ApplicationState.FORMAL_OK,
    ApplicationState.ASSESSMENT,
    ApplicationState.COMMISSION,
    ApplicationState.GRANTED,
    ApplicationState.ACTIVE,
)


class MarkFactory(DjangoModelFactory):
    offer = factory.SubFactory(OfferFactory)
    number = factory.Sequence(lambda number: f"ZP/2026/{number + 900}")
    since = date(2026, 3, 1)
    valid_until = date(2027, 2, 28)

    class Meta:
        model = Mark
