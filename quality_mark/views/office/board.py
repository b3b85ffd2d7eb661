"""The coordinators' board."""

from django.shortcuts import render
from django.utils import timezone

from core.http import paginate
from quality_mark.forms.office import BoardForm
from quality_mark.models import Application
from quality_mark.office import board
from quality_mark.views.office.doors import for_office

PER_PAGE = 30


@for_office
def case_board(request):
    now = timezone.now()
    form = BoardForm(request.GET)
    numbers = board.counts()
    is_valid = form.is_valid()
    rows = board.found(form.cleaned_data, user=request.user, now=now) if is_valid else Application.objects.none()
    count = board.known_count(form.cleaned_data, numbers) if is_valid else 0
    # Only the ids are put in order: what a line names is read for one page. Words are looked for once, not again to
    # count what they find.
    ids = rows.values_list("pk", flat=True)
    page = paginate(request, list(ids) if form.cleaned_data.get("q") else ids, PER_PAGE, count=count)
    state = form.cleaned_data.get("stan", "")
    context = {
        "form": form,
        "tabs": board.tabs(state, numbers),
        "page": page,
        "lines": board.lines(board.with_names(list(page.object_list)), now=now),
        "is_narrowed": any(form.cleaned_data.get(name) for name in ("q", "kto", "po_terminie")),
    }
    return render(request, "quality_mark/office/board.html", context, status=200 if is_valid else 422)
