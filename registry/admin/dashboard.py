"""What waits in the office, on the first page of the admin and on /panel/: counts and links, a query or two a line."""

from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import ErasureRequest, RoleGrant
from accounts.permissions import roles_of
from core import personal_data, scanning
from registry.admin.cards.filters import not_verified_for_a_year
from registry.admin.imports import AWAITING
from registry.choices import Activity, DuplicateState, ProposalState
from registry.models import DuplicateCase, ErrorReport, ImportRun, Offer, Organisation, Proposal, RepresentationRequest


def dashboard(request, context):
    """Adds `waiting`: [{label, count, url, note, until}] of what this person may look at, and `notices`: sentences."""
    context["waiting"] = waiting_for(request.user)
    context["notices"] = notices_for(request.user)
    return context


def notices_for(user):
    """What administrators of the portal should know of it: only they can change these settings."""
    if not (user.is_superuser or Role.ADMINISTRATOR in roles_of(user)):
        return []
    return [sentence for sentence in (scanning.standing(), personal_data.standing()) if sentence]


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


def _published():
    return Organisation.objects.published()


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
        "count": lambda: ErrorReport.objects.filter(settled_at__isnull=True).count(),
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
