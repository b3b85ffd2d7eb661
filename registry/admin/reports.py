"""Reports of errors from visitors: a queue by card, each settled with a sentence and, if wanted, an answer."""

from django import forms
from django.contrib import admin, messages
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from unfold import widgets
from unfold.decorators import action, display

from core.exceptions import Refused
from core.templatetags.portal import date_words, moment_words, plural
from registry.admin.base import RegisterAdmin, tags
from registry.admin.cards.filters import StrictFilter
from registry.choices import ReportOutcome
from registry.models import ErrorReport
from registry.use_cases import reports

TAKE, PUT_BACK, CLEAR = "biore", "oddaje", "do-kolejki"
DONE = [
    (ReportOutcome.DONE.value, "Załatwione: karta jest poprawiona"),
    (ReportOutcome.NOT_AN_ERROR.value, "Załatwione: to nie był błąd"),
    (ReportOutcome.FORWARDED.value, "Przekazuję podmiotowi, listem"),
    (ReportOutcome.SPAM.value, "To nie jest zgłoszenie błędu"),
]


class StateFilter(StrictFilter):
    title, parameter_name = "stan", "stan"
    options = [
        ("czeka", "czekające, po jednym z karty"),
        ("wszystkie", "czekające, wszystkie"),
        ("moje", "wzięte przeze mnie"),
        ("podejrzane", "podejrzane"),
        ("zalatwione", "załatwione"),
    ]

    def __init__(self, request, *args):
        self._user = request.user
        self._searched = bool(request.GET.get("q"))
        super().__init__(request, *args)

    def narrow(self, queryset, value):
        if value == "zalatwione":
            return queryset.filter(settled_at__isnull=False)
        if value == "podejrzane":
            return queryset.suspected()
        waiting = queryset.waiting()
        if value == "moje":
            return waiting.filter(assigned_to=self._user)
        # Whoever looks for a word wants the report that holds it, not the first one of its card.
        return waiting.filter(is_first=True) if value == "czeka" and not self._searched else waiting


class SettleForm(forms.ModelForm):
    step = forms.ChoiceField(label="Co robisz", required=False, widget=widgets.UnfoldAdminRadioSelectWidget)
    reply = forms.CharField(
        label="Odpowiedź dla zgłaszającego",
        required=False,
        max_length=2000,
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 5}),
        help_text="Pójdzie listem na podany adres. Raz wysłanej nie da się zmienić.",
    )
    with_others = forms.BooleanField(
        label="Zamknij tak samo wszystkie czekające zgłoszenia tej karty",
        required=False,
        widget=widgets.UnfoldBooleanWidget,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        report = self.instance
        steps = [] if report.settled_at else [(TAKE, "Biorę to na siebie"), (PUT_BACK, "Oddaję do kolejki")]
        if report.suspicion and not report.settled_at:
            steps = [(CLEAR, "To prawdziwe zgłoszenie: do kolejki"), *steps]
        if "step" in self.fields:
            self.fields["step"].choices = [*steps, *DONE]
            self.fields["step"].initial = report.outcome or (ReportOutcome.SPAM if report.suspicion else None)
        if "settlement" in self.fields:
            self.fields["settlement"].help_text = "Zdanie dla koordynatorów: co sprawdzono i co zmieniono."

    def clean(self):
        cleaned = super().clean()
        settles = cleaned.get("step") not in (TAKE, PUT_BACK, CLEAR)
        if settles and not cleaned.get("settlement", "").strip() and "settlement" not in self.errors:
            self.add_error("settlement", "Napisz, jak załatwiono zgłoszenie.")
        if cleaned.get("reply") and not self.instance.email and not cleaned.get("with_others"):
            self.add_error("reply", "Zgłaszający nie podał adresu, więc nie ma komu odpowiedzieć.")
        return cleaned


FACTS = ["card", "subject", "offer", "message", "email", "created", "suspicion", "others"]
STATE = ["assigned_to", "settled_at", "answer", "story"]


@admin.register(ErrorReport)
class ErrorReportAdmin(RegisterAdmin):
    form = SettleForm
    list_display = ["beginning", "card_name", "subject", "waits", "who", "state"]
    list_filter = [StateFilter]
    list_select_related = ["organisation__institution", "organisation__unit", "assigned_to"]
    search_fields = ["message", "organisation__institution__name", "organisation__unit__name"]
    ordering = [F("settled_at").asc(nulls_first=True), "created_at", "pk"]
    readonly_fields = [*FACTS, *STATE]
    actions = ["take"]

    def get_queryset(self, request):
        return super().get_queryset(request).counted_by_card()

    def get_fieldsets(self, request, obj=None):
        facts = [name for name in FACTS if name not in ("subject", "offer", "suspicion") or getattr(obj, name, None)]
        done = ["step", "settlement", "reply", "with_others"]
        if obj and obj.answer:
            done.remove("reply")
        return [(None, {"fields": facts}), ("Załatwienie", {"fields": [*done, *STATE]})]

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        given, about = form.cleaned_data, {"report_id": obj.pk, "actor": request.user, "now": timezone.now()}
        step = given.get("step")
        if step in (TAKE, PUT_BACK, CLEAR):
            {TAKE: reports.take_report, PUT_BACK: reports.put_back_report, CLEAR: reports.clear_report}[step](**about)
            return
        reports.settle_report(
            **about,
            settlement=given["settlement"],
            outcome=step or ReportOutcome.DONE,
            answer=given.get("reply", ""),
            with_others=given["with_others"],
            tell=step == ReportOutcome.FORWARDED,
        )

    @action(description="Biorę na siebie", permissions=["change"])
    def take(self, request, queryset):
        keys = list(queryset.order_by("pk").values_list("pk", flat=True))
        taken = 0
        for pk in keys:
            try:
                reports.take_report(report_id=pk, actor=request.user, now=timezone.now())
            except Refused:
                continue  # settled already: nothing is left to be taken on
            taken += 1
        messages.success(request, f"Wzięto na siebie: {taken}.")

    # list

    @display(description="co się nie zgadza")
    def beginning(self, report):
        return report.message if len(report.message) <= 80 else f"{report.message[:79]}…"

    @display(description="podmiot")
    def card_name(self, report):
        more = report.of_card - 1
        name = report.organisation.party.name
        if report.settled_at or report.suspicion or more < 1:
            return name
        return f"{name} (i {more} {plural(more, 'inne zgłoszenie,inne zgłoszenia,innych zgłoszeń')})"

    @display(description="czeka", ordering="created_at")
    def waits(self, report):
        if report.settled_at:
            return "—"
        return days_words((timezone.localdate() - timezone.localdate(report.created_at)).days)

    @display(description="kto załatwia", empty_value="nikt")
    def who(self, report):
        return report.assigned_to and report.assigned_to.get_full_name()

    @display(description="stan")
    def state(self, report):
        if report.settled_at:
            return tags([("yes", report.get_outcome_display() or "załatwione")])
        if report.suspicion:
            return tags([("no", "podejrzane")])
        return tags([("ps", "w toku") if report.assigned_to_id else ("warn", "czeka")])

    # form

    @display(description="podmiot")
    def card(self, report):
        edit = reverse("admin:registry_organisation_change", args=[report.organisation_id])
        words = format_html('<a href="{}">{}</a>', edit, report.organisation)
        if not report.organisation.published_at:
            return words
        address = report.organisation.get_absolute_url()
        return format_html('{} (<a href="{}">karta w portalu</a>)', words, address)

    @display(description="zgłoszono")
    def created(self, report):
        words = moment_words(report.created_at)
        return words if report.settled_at else f"{words}, czeka {self.waits(report)}"

    @display(description="inne czekające zgłoszenia tej karty")
    def others(self, report):
        rows = [
            (
                reverse("admin:registry_errorreport_change", args=[one.pk]),
                date_words(one.created_at),
                one.message[:120],
            )
            for one in reports.others_of(report).order_by("created_at", "pk")[:20]
        ]
        return format_html_join("", '<p><a href="{}">{}</a>: {}</p>', rows) or "nie ma"

    @display(description="co się działo")
    def story(self, report):
        steps = report.steps.select_related("actor").order_by("at", "pk")
        rows = [
            (moment_words(one.at), one.get_name_display(), one.words, one.actor.get_full_name() if one.actor else "")
            for one in steps
        ]
        return format_html_join("", "<p>{}: {} {} <em>{}</em></p>", rows) or "nic jeszcze"


def days_words(days):
    return "od dziś" if days < 1 else f"{days} {plural(days, 'dzień,dni,dni')}"
