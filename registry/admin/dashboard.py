"""What waits in the office, on the first page of the admin and on /panel/: counts and links, a query or two a line."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from accounts.choices import Role
from accounts.models import ErasureRequest, RoleGrant
from accounts.permissions import roles_of
from core import alarms, personal_data, scanning
from registry.admin.cards.filters import not_verified_for_a_year
from registry.admin.imports import AWAITING
from registry.choices import Activity, DuplicateState, ProposalState
from registry.confirming.call_list import to_call_count
from registry.models import (
    DuplicateCase,
    ErrorReport,
    ImportRun,
    Offer,
    Organisation,
    Proposal,
    RepresentationRequest,
    StatusReport,
    TermRule,
)
from registry.use_cases import unit_terms


def dashboard(request, context):
    """Adds `waiting`: [{label, count, url, note, until}] of what this person may look at, and `notices`: sentences."""
    context["waiting"] = waiting_for(request.user)
    context["notices"] = notices_for(request.user)
    return context


def notices_for(user):
    """What administrators of the portal should know of it: only they can change these settings."""
    if not (user.is_superuser or Role.ADMINISTRATOR in roles_of(user)):
        return []
    settings = [sentence for sentence in (scanning.standing(), personal_data.standing()) if sentence]
    return [*alarms.sentences(), *settings]


def waiting_for(user):
    """`until` is the day by which the oldest should be dealt with, where there is such a day."""
    return [_told(line) for line in LINES if user.has_perm(line["permission"])]


def _told(line):
    count = line["count"]()
    if "url" in line:  # a page outside of the admin
        url = str(line["url"])
    else:
        url = reverse(f"admin:{line.get('app', 'registry')}_{line['list']}_changelist") + line["query"]
    return {
        "label": line["label"],
        "note": line["note"],
        "count": count,
        "url": url,
        "until": line["until"]() if count and "until" in line else None,
    }


def line_of_requests(model, label, note="Ktoś chce działać w cudzym imieniu i czeka na odpowiedź."):
    """What waits of the requests of people."""
    waiting = model.objects.filter(decided_at__isnull=True)
    return {
        "label": label,
        "note": note,
        "permission": f"{model._meta.app_label}.change_{model._meta.model_name}",
        "app": model._meta.app_label,
        "list": model._meta.model_name,
        "query": "?stan=czeka",
        "count": waiting.count,
        "until": lambda: waiting.order_by("asked_at").first().answer_by,
    }


def _first_answer_due():
    oldest = ErrorReport.objects.waiting().order_by("created_at").first()
    return timezone.localdate(oldest.created_at) + timedelta(days=settings.ERROR_REPORT_ANSWER_DAYS)


def _published():
    return Organisation.objects.working()


LINES = [
    line_of_requests(RepresentationRequest, "Prośby o reprezentację"),
    {
        "label": "Propozycje zmian kart",
        "note": "Podmioty proponują, co zmienić. Do sprawdzenia karta zostaje taka, jaka jest.",
        "permission": "registry.change_proposal",
        "list": "proposal",
        "query": f"?stan={ProposalState.SENT}",
        "count": lambda: Proposal.objects.filter(state=ProposalState.SENT).count(),
    },
    line_of_requests(ErasureRequest, "Prośby o usunięcie danych", "Na odpowiedź jest miesiąc."),
    {
        "label": "Podmioty i zamawiający, w których imieniu nikt już nie działa",
        "note": "Rola ostatniej osoby się skończyła. Można kogoś zaprosić.",
        "permission": "accounts.view_rolegrant",
        "app": "accounts",
        "list": "rolegrant",
        "query": "?waznosc=nikt",
        "count": lambda: RoleGrant.objects.last_of_nobody(timezone.localdate()).count(),
    },
    {
        "label": "Możliwe powtórzenia",
        "note": "Dwa zapisy, które mogą mówić o jednym podmiocie.",
        "permission": "registry.view_duplicatecase",
        "list": "duplicatecase",
        "query": f"?stan={DuplicateState.OPEN}",
        "count": lambda: DuplicateCase.objects.filter(state=DuplicateState.OPEN).count(),
    },
    {
        "label": "Importy, które czekają na decyzję",
        "note": "Sprawdzone, ale niezapisane; albo czekają na opis kolumn.",
        "permission": "registry.view_importrun",
        "list": "importrun",
        "query": "?stan=decyzja",
        "count": lambda: ImportRun.objects.filter(state__in=AWAITING).count(),
    },
    {
        "label": "Zgłoszenia błędów",
        "note": "Ktoś napisał, że na karcie coś się nie zgadza.",
        "permission": "registry.view_errorreport",
        "list": "errorreport",
        "query": "?stan=czeka",
        "count": lambda: ErrorReport.objects.waiting().count(),
        "until": _first_answer_due,
    },
    {
        "label": "Podejrzane zgłoszenia",
        "note": "Wyglądają na spam. Kto je przejrzy, może je przenieść do kolejki; reszta zniknie sama.",
        "permission": "registry.view_errorreport",
        "list": "errorreport",
        "query": "?stan=podejrzane",
        "count": lambda: ErrorReport.objects.suspected().count(),
    },
    {
        "label": "Sprawozdania PS po terminie",
        "note": "Przedsiębiorstwa społeczne, o których nie zapisano, że wysłały sprawozdanie roczne.",
        "permission": "registry.view_statusreport",
        "list": "statusreport",
        "query": "?stan=po-terminie",
        "count": lambda: StatusReport.objects.owed().filter(due_on__lt=timezone.localdate()).count(),
    },
    {
        "label": "Jednostki, których status się kończy",
        "note": "Potem karta powie, że status wygasł.",
        "permission": "registry.view_unit",
        "list": "unit",
        "query": "?termin=konczy-sie",
        "count": lambda: unit_terms.ending(timezone.localdate()).count(),
    },
    {
        "label": "Terminy ze statusów: do sprawdzenia",
        "note": "Nikt nie porównał ich jeszcze z przepisem.",
        "permission": "registry.view_termrule",
        "list": "termrule",
        "query": "?sprawdzenie=nie",
        "count": lambda: TermRule.objects.filter(is_checked=False).count(),
    },
    {
        "label": "Oferty do potwierdzenia",
        "note": "Kategorię i kody CPV zaproponował program.",
        "permission": "registry.view_offer",
        "list": "offer",
        "query": "?klasyfikacja=czeka",
        "count": lambda: Offer.objects.living().filter(confirmed_at__isnull=True).count(),
    },
    {
        "label": "Karty, do których trzeba zadzwonić",
        "note": "Listy nie dochodzą albo nikt na nie nie odpowiada.",
        "permission": "registry.add_callattempt",
        "url": reverse_lazy("registry:call_list"),
        "count": lambda: to_call_count(timezone.now()),
    },
    {
        "label": "Karty niepotwierdzone od roku",
        "note": "Opublikowane karty, których danych nikt od roku nie sprawdził.",
        "permission": "registry.view_organisation",
        "list": "organisation",
        "query": "?publikacja=tak&potwierdzenie=rok",
        "count": lambda: _published().filter(not_verified_for_a_year(timezone.localdate())).count(),
    },
    {
        "label": "Nieaktywne, a wciąż w katalogu",
        "note": "Nie odpowiadają na prośby o potwierdzenie danych.",
        "permission": "registry.view_organisation",
        "list": "organisation",
        "query": f"?publikacja=tak&aktywnosc={Activity.INACTIVE}",
        "count": lambda: _published().filter(activity=Activity.INACTIVE).count(),
    },
    {
        "label": "Nieopublikowane karty",
        "note": "Są w rejestrze, ale nie w katalogu.",
        "permission": "registry.view_organisation",
        "list": "organisation",
        "query": "?publikacja=nie",
        "count": lambda: Organisation.objects.living().filter(published_at__isnull=True).count(),
    },
]
