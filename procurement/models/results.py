"""How an order ended: who got it, and whether what the clauses had asked was kept."""

from django.db import models
from django.db.models import F, Q

from procurement.choices import Kept, Outcome
from registry.models.history import tracked


@tracked
class Award(models.Model):
    """The result of a notice, or of one of its parts. What the winner was (PES, PS, holder of the mark) is kept as it
    was on the day of the decision; None: nobody knows."""

    notice = models.ForeignKey("procurement.Notice", models.CASCADE, related_name="awards", verbose_name="ogłoszenie")
    part = models.OneToOneField(
        "procurement.NoticePart", models.CASCADE, null=True, blank=True, related_name="award", verbose_name="część"
    )
    outcome = models.CharField("wynik", max_length=16, choices=Outcome, default=Outcome.AWARDED)
    decided_on = models.DateField("data rozstrzygnięcia")
    reason = models.CharField("powód unieważnienia", max_length=500, blank=True)
    supplier = models.ForeignKey(
        "registry.Institution", models.PROTECT, null=True, blank=True, related_name="awards", verbose_name="wykonawca"
    )
    supplier_name = models.CharField("nazwa wykonawcy", max_length=400, blank=True)
    supplier_nip = models.CharField("NIP wykonawcy", max_length=10, blank=True)
    was_pes = models.BooleanField("podmiot ekonomii społecznej", null=True, blank=True)
    was_ps = models.BooleanField("przedsiębiorstwo społeczne", null=True, blank=True)
    had_mark = models.BooleanField("znak Zakup Prospołeczny", null=True, blank=True)
    value = models.DecimalField("wartość umowy netto (zł)", max_digits=16, decimal_places=2, null=True, blank=True)
    offers = models.PositiveSmallIntegerField("liczba ofert", null=True, blank=True)
    people_planned = models.PositiveIntegerField("osób do zatrudnienia", null=True, blank=True)
    contract_on = models.DateField("umowa z dnia", null=True, blank=True)
    contract_until = models.DateField("umowa do dnia", null=True, blank=True)

    class Meta:
        verbose_name = "wynik"
        verbose_name_plural = "wyniki"
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice"], condition=Q(part=None), name="procurement_award_once",
                violation_error_message="To ogłoszenie ma już wynik."),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.AWARDED) & ~Q(supplier_name="")
                | Q(outcome=Outcome.ANNULLED, supplier=None, supplier_name="") & ~Q(reason=""),
                name="procurement_award_of_somebody",
                violation_error_message="Podaj wykonawcę albo powód unieważnienia.",
            ),
            models.CheckConstraint(
                condition=Q(supplier_nip="") | Q(supplier_nip__regex=r"^\d{10}$"), name="procurement_award_nip"
            ),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=0), name="procurement_award_value"),
            models.CheckConstraint(
                condition=Q(contract_until=None) | Q(contract_on=None) | Q(contract_until__gte=F("contract_on")),
                name="procurement_award_contract",
                violation_error_message="Umowa nie może się skończyć przed swoim początkiem.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.supplier_name or self.get_outcome_display()


@tracked
class Performance(models.Model):
    """What was done under a contract, reported from time to time; missing numbers are not zero."""

    award = models.ForeignKey(Award, models.CASCADE, related_name="reports", verbose_name="wynik")
    reported_on = models.DateField("stan na dzień")
    people_employed = models.PositiveIntegerField("zatrudnionych osób", null=True, blank=True)
    months = models.PositiveSmallIntegerField("miesięcy zatrudnienia", null=True, blank=True)
    kept = models.CharField("czy dotrzymano", max_length=12, choices=Kept, blank=True)
    is_final = models.BooleanField("sprawozdanie końcowe", default=False)
    note = models.CharField("uwagi", max_length=1000, blank=True)

    class Meta:
        verbose_name = "sprawozdanie z realizacji"
        verbose_name_plural = "sprawozdania z realizacji"
        ordering = ["reported_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["award", "reported_on"], name="procurement_performance_once"),
            models.UniqueConstraint(
                fields=["award"], condition=Q(is_final=True), name="procurement_performance_one_final"
            ),
        ]

    def __str__(self):
        return f"{self.award}, {self.reported_on:%d.%m.%Y}"
