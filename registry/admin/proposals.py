"""The queue of proposed changes: old and new beside each other, an answer to each; and the fields trusted by rule."""

from functools import partial, update_wrapper

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import display

from core.exceptions import Refused
from core.templatetags.portal import plural
from registry.admin.base import RegisterAdmin, tags
from registry.admin.cards.filters import StrictFilter
from registry.admin.cards.reading import search
from registry.choices import ProposalState
from registry.models import Organisation, Proposal, TrustedField
from registry.proposals.access import is_own_case
from registry.proposals.beside import others
from registry.proposals.desk import Desk
from registry.proposals.lines import lines_of_sent, lines_to_decide
from registry.use_cases.proposals.deciding import Answer, Answers, decide

COLOURS = {ProposalState.SENT: "warn", ProposalState.DECIDED: "yes", ProposalState.WITHDRAWN: ""}
STATES = [(value, label) for value, label in ProposalState.choices if value != ProposalState.DRAFT]


class StateFilter(StrictFilter):
    title, parameter_name, options = "stan", "stan", STATES

    def narrow(self, queryset, value):
        return queryset.filter(state=value)


@admin.register(Proposal)
class ProposalAdmin(RegisterAdmin):
    list_display = ["card", "author_name", "number", "state_word", "waiting", "sent_at"]
    list_filter = [StateFilter]
    list_select_related = ["organisation__institution", "organisation__unit", "author"]
    search_fields = ["organisation"]
    search_help_text = "Nazwa, miejscowość albo NIP, REGON, KRS w dowolnym zapisie"

    def get_queryset(self, request):
        """Drafts are nobody's business but their author's."""
        rows = super().get_queryset(request).exclude(state=ProposalState.DRAFT)
        return rows.annotate(changes_count=Count("changes"))

    def get_ordering(self, request):
        """What waits first (wysłana, wycofana, rozpatrzona), and of it what has waited longest."""
        return ["-state", F("sent_at").asc(nulls_last=True), "pk"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_search_results(self, request, queryset, search_term):
        cards = search(Organisation.objects.all(), search_term).values("pk")
        return queryset.filter(organisation__in=cards), False

    def get_urls(self):
        def wrap(view):
            return update_wrapper(self.admin_site.admin_view(partial(view, self)), view)

        return [
            path("<int:pk>/change/", wrap(_show), name="registry_proposal_change"),
            path("", self.admin_site.admin_view(self.changelist_view), name="registry_proposal_changelist"),
        ]

    @display(description="podmiot")
    def card(self, proposal):
        return str(proposal.organisation)

    @display(description="kto")
    def author_name(self, proposal):
        return proposal.author.get_full_name() if proposal.author else "usunięte konto"

    @display(description="zmian")
    def number(self, proposal):
        return proposal.changes_count

    @display(description="stan")
    def state_word(self, proposal):
        return tags([(COLOURS[proposal.state], proposal.get_state_display())])

    @display(description="czeka")
    def waiting(self, proposal):
        return days_waiting(proposal) if proposal.state == ProposalState.SENT else "–"


def days_waiting(proposal):
    """ "dzisiaj", "1 dzień", "12 dni"."""
    days = (timezone.localdate() - timezone.localdate(proposal.sent_at)).days
    return f"{days} {plural(days, 'dzień,dni,dni')}" if days > 0 else "od dzisiaj"


def _show(model_admin, request, pk):
    """One proposal beside what the register says now; an answer leads to the next that waits."""
    rows = Proposal.objects.exclude(state=ProposalState.DRAFT).select_related("author", "decided_by")
    proposal = get_object_or_404(rows, pk=pk)
    if not model_admin.has_view_permission(request, proposal):
        raise PermissionDenied
    organisation = Organisation.objects.with_party().get(pk=proposal.organisation_id)
    proposal.organisation = organisation
    refusal, wrong = "", 0
    if request.method == "POST":
        if not model_admin.has_change_permission(request, proposal):
            raise PermissionDenied
        try:
            decide(proposal_id=pk, answers=_answers(request, proposal), actor=request.user, now=timezone.now())
        except Refused as refused:
            refusal, wrong = str(refused), int(refused.field or 0)
        else:
            messages.success(request, f"Rozpatrzono propozycję: {organisation}. Autor dostanie list.")
            return HttpResponseRedirect(_next())
    proposal.refresh_from_db(fields=["state", "decided_at", "decided_by", "words"])
    changes = list(proposal.changes.select_related("picture").order_by("position"))
    is_open = proposal.state == ProposalState.SENT
    waiting = [one for one in changes if not one.verdict] if is_open else []
    settled = [one for one in changes if one.verdict or not is_open]
    is_own = is_own_case(request.user, proposal)
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "title": f"Propozycja zmian: {organisation}",
        "proposal": proposal,
        "organisation": organisation,
        "lines": _with_answers(lines_to_decide(waiting, Desk(organisation)), request, proposal, wrong),
        "settled": lines_of_sent(settled, organisation),
        "is_open": is_open,
        "is_own": is_own,
        "may_change": is_open and not is_own and model_admin.has_change_permission(request, proposal),
        "days": days_waiting(proposal) if is_open else "",
        "refusal": refusal,
        "wrong": wrong,
        "words": request.POST.get("slowa", ""),
        "waiting": Proposal.objects.filter(state=ProposalState.SENT).count(),
    }
    return TemplateResponse(request, "admin/registry/proposal.html", context, status=422 if refusal else 200)


def _answers(request, proposal):
    """What was pressed: everything at once, or each by itself."""
    together = {"wszystko": True, "nic": False}.get(request.POST.get("decyzja", ""))
    answers = Answers(words=request.POST.get("slowa", "").replace("\0", ""))
    for pk in proposal.changes.filter(verdict="").values_list("pk", flat=True):
        single = {"tak": True, "nie": False}.get(request.POST.get(f"zmiana-{pk}", ""))
        accepted = single if together is None else together
        if accepted is not None:
            answers.by_change[pk] = Answer(
                is_accepted=accepted,
                seen=request.POST.get(f"widziane-{pk}", ""),
                overwrites=bool(request.POST.get(f"mimo-{pk}")),
                words=request.POST.get(f"uwaga-{pk}", "").replace("\0", ""),
            )
    return answers


def _with_answers(lines, request, proposal, wrong):
    """Each line with what was chosen for it, so that a refusal loses nothing; and who else proposes the same field."""
    beside = [one for one in others(proposal.organisation, proposal.author) if one.proposal.pk != proposal.pk]
    for line in lines:
        pk = line.change.pk
        line.chosen = request.POST.get(f"zmiana-{pk}", "")
        line.note = request.POST.get(f"uwaga-{pk}", "")
        line.is_ticked = bool(request.POST.get(f"mimo-{pk}"))
        line.is_wrong = pk == wrong
        line.others = [
            one for one in beside if not one.is_draft and line.change.field in one.fields.get(line.change.section, ())
        ]
    return lines


def _next():
    following = (
        Proposal.objects.filter(state=ProposalState.SENT).order_by("sent_at", "pk").values_list("pk", flat=True)
    )
    if (pk := following.first()) is None:
        return reverse("admin:registry_proposal_changelist")
    return reverse("admin:registry_proposal_change", args=[pk])


@admin.register(TrustedField)
class TrustedFieldAdmin(ModelAdmin):
    list_display = ["field", "goes_live"]
    fields = ["field", "goes_live"]
    readonly_fields = ["field"]
    ordering = ["pk"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
