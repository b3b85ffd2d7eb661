"""One sitting: its agenda in order, who is there, the minutes."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.permissions import Action, may
from core.exceptions import Refused
from core.http import accepts
from core.signed_files import PDF
from quality_mark.commission import seats
from quality_mark.commission.minutes import result_words
from quality_mark.decisions.opinions import unlisted_marks
from quality_mark.letters_of_judging import title_of
from quality_mark.models import Sitting, Vote
from quality_mark.own_cases import own_of
from quality_mark.use_cases import commission, opinions
from quality_mark.use_cases import minutes as minutes_verbs
from quality_mark.views.judging.commission import PER_PAGE, sittings_for, unlisted
from quality_mark.views.judging.doors import needs, number
from quality_mark.views.judging.papers import sent_file
from quality_mark.voting import Result


def sitting_or_404(request, pk):
    return get_object_or_404(sittings_for(request.user).select_related("term", "signed_by"), pk=pk)


@accepts("GET", "HEAD", "POST")
@needs(Action.VOTE_ON_MARK, Action.HANDLE_MARK)
def sitting(request, pk):
    found = sitting_or_404(request, pk)
    day = timezone.localdate()
    is_office, is_chair = may(request.user, Action.HANDLE_MARK), seats.is_chair(request.user, found.term_id, day)
    if request.method == "POST":
        signs = request.POST.get("co") == "podpisz" and request.user in seats.signers(found, day)
        if not (is_office or is_chair or signs):
            raise Http404
        try:
            _POSTED.get(request.POST.get("co", ""), _unknown)(request, found)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("quality_mark:sitting", pk)
    items = found.items.select_related(
        "application__rulebook",
        "application__offer__organisation__institution", "application__offer__organisation__unit", "mark",
    ).prefetch_related(Prefetch("votes", Vote.objects.order_by("number")), "application__pauses")  # fmt: skip
    is_closed = all(one.closed_at for item in items for one in item.votes.all())
    may_draft = found.called_at and not found.signed_at and items and is_closed
    context = {
        "sitting": found,
        "items": [(one, title_of(one), _standing(one)) for one in items],
        "is_office": is_office,
        "is_chair": is_chair,
        "runs": (is_office or is_chair) and not found.signed_at,
        "unlisted": unlisted(request.user)[:PER_PAGE] if is_office else [],
        "unlisted_marks": unlisted_marks(request.user)[:PER_PAGE] if is_office else [],
        "may_sign": may_draft and found.drafted_at and request.user in seats.signers(found, day),
        "people": _people(found, day),
        "may_draft": may_draft,
        "has_own": found.items.filter(own_of(request.user, "application__")).exists(),
    }
    return render(request, "quality_mark/judging/sitting.html", context)


@needs(Action.VOTE_ON_MARK, Action.HANDLE_MARK, Action.DECIDE_ON_MARK)
def minutes(request, pk):
    """A draft is for those who run the sitting; signed minutes are for its members and for the director."""
    is_director = may(request.user, Action.DECIDE_ON_MARK)
    rows = Sitting.objects.filter(signed_at__isnull=False) if is_director else sittings_for(request.user)
    found = get_object_or_404(rows, pk=pk)
    day = timezone.localdate()
    # They tell how each one voted on every case: nothing for those of whose case it was.
    if found.items.filter(own_of(request.user, "application__")).exists():
        raise Http404
    if not found.signed_at and not (
        may(request.user, Action.HANDLE_MARK)
        or seats.is_chair(request.user, found.term_id, day)
        or request.user in seats.signers(found, day)
    ):
        raise Http404
    return sent_file(found.minutes, f"protokół {timezone.localdate(found.starts_at):%Y-%m-%d}.pdf", PDF)


def _standing(item):
    votes = list(item.votes.all())
    if not votes:
        return "nie głosowano"
    return result_words(votes[-1], item) or "głosowanie trwa"


def _people(found, day):
    """Who may be marked present: {member, seat where they are, seats a substitute may take}."""
    rows = list(seats.members(found.term_id, day))
    held = {one.member_id: one.seat_id for one in found.presences.all()}
    # The seats of those who left while the sitting lasts can be taken by a substitute.
    sitting_since = timezone.localdate(found.starts_at)
    left = found.term.members.filter(left_on__gte=sitting_since, is_substitute=False).select_related("person")
    holders = [one for one in [*rows, *left] if not one.is_substitute]
    return [{"member": one, "seat": held.get(one.pk), "holders": holders if one.is_substitute else []} for one in rows]


def _mark_listed(request, found):
    pk = number(request.POST.get("znak", ""))
    if not unlisted_marks(request.user).filter(mark=pk).exists():
        raise Refused("Wybierz znak z listy.")
    opinions.add_to_agenda(sitting_id=found.pk, mark_id=pk, actor=request.user)


def _listed(request, found):
    pk = number(request.POST.get("wniosek", ""))
    if not unlisted(request.user).filter(pk=pk).exists():
        raise Refused("Wybierz wniosek z listy.")
    commission.add_to_agenda(sitting_id=found.pk, application_id=pk, actor=request.user)


def _item_id(request, found):
    item = found.items.filter(pk=number(request.POST.get("punkt", ""))).first()
    if item is None:
        raise Refused("Tego punktu nie ma już w porządku obrad.")
    return item.pk


def _present(request, found):
    taken = {}
    for one in _people(found, timezone.localdate()):
        seat = number(request.POST.get(f"miejsce_{one['member'].pk}", ""))
        if seat:
            taken[one["member"].pk] = seat
    commission.mark_present(sitting_id=found.pk, taken=taken, actor=request.user, now=timezone.now())
    messages.success(request, "Obecność jest zapisana.")


def _drafted(request, found):
    minutes_verbs.draft(sitting_id=found.pk, actor=request.user, now=timezone.now())
    messages.success(request, "Protokół jest sporządzony. Przeczytaj go przed podpisaniem.")


def _signed(request, found):
    minutes_verbs.sign(sitting_id=found.pk, actor=request.user, now=timezone.now())
    said = Vote.objects.filter(item__sitting=found, result__in=Result.final()).exists()
    words = "Rekomendacje widzi już dyrektor." if said else "Żadna sprawa nie ma rekomendacji: wrócą na posiedzenie."
    messages.success(request, f"Protokół jest podpisany. {words}")


def _called(request, found):
    commission.call(sitting_id=found.pk, actor=request.user, now=timezone.now())
    messages.success(request, "Posiedzenie jest zwołane, członkowie dostali listy.")


def _unknown(request, found):
    raise Http404


_POSTED = {
    "dodaj": _listed,
    "dodaj-znak": _mark_listed,
    "wyzej": lambda request, found: commission.move_up(item_id=_item_id(request, found), actor=request.user),
    "zdejmij": lambda request, found: commission.drop_from_agenda(
        item_id=_item_id(request, found), actor=request.user
    ),
    "zwolaj": _called,
    "obecnosc": _present,
    "protokol": _drafted,
    "podpisz": _signed,
}
