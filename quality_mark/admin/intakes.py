"""When applications are taken. An intake is seen once it is announced; its last day may still be moved then."""

from django.contrib import admin
from django.utils import timezone
from unfold.decorators import action, display

from quality_mark.models import Intake
from quality_mark.use_cases.rulebooks import announce_intake
from registry.admin.base import RegisterAdmin, tags


@admin.register(Intake)
class IntakeAdmin(RegisterAdmin):
    list_display = ["name", "opens_on", "closes_on", "standing"]
    ordering = ["-opens_on", "-pk"]
    readonly_fields = ["standing"]
    fields = ["name", ("opens_on", "closes_on"), "note", "standing"]
    actions_submit_line = ["save_and_announce"]

    def get_actions_submit_line(self, request, object_id):
        draft = Intake.objects.filter(pk=object_id, announced_at=None).exists() if object_id else False
        return super().get_actions_submit_line(request, object_id) if draft else []

    @action(description="Zapisz i ogłoś", permissions=["change"])
    def save_and_announce(self, request, intake):
        announce_intake(intake_id=intake.pk, now=timezone.now())

    @display(description="stan")
    def standing(self, intake):
        if not intake.pk:
            return "nowy szkic"
        if not intake.announced_at:
            return tags([("warn", "szkic")])
        day = timezone.localdate()
        if intake.closes_on and intake.closes_on < day:
            return tags([("no", "zakończony")])
        return tags([("yes", "trwa") if intake.opens_on <= day else ("yes", "ogłoszony, jeszcze się nie zaczął")])
