"""The rules for everybody, version by version: what an applicant declares to know, and by what a case is judged."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from quality_mark.applying.eligibility import rules_on
from quality_mark.models import Rulebook
from quality_mark.office.clock import silence_words
from quality_mark.register.versions import versioned
from quality_mark.views.process import times
from registry.models import OrganisationKind


@versioned
def rules(request, version=None):
    """Those of today without a `version`. Drafts are nobody's rules yet."""
    today = timezone.localdate()
    current, known = rules_on(today), Rulebook.objects.announced()
    book = current if version is None else known.filter(version=version).first()
    if book is None:
        raise Http404
    context = {
        "rules": book,
        "is_current": book == current,
        "is_coming": book.valid_from > today,
        "versions": known.exclude(pk=book.pk).defer("regulations").order_by("-version"),
        "kinds": kinds_of(book),
        "formal": book.formalcriterion_set.all(),
        "substantive": book.substantivecriterion_set.all(),
        "papers": book.requiredpaper_set.all(),
        "times": times(book),
        "judging": _judging(book),
        "silence": silence_words(book),
    }
    return render(request, "quality_mark/register/rules.html", context)


def kinds_of(book):
    """Kinds of organisations that may apply under these rules, or under any."""
    kinds = OrganisationKind.objects.filter(may_hold_mark=True).order_by("label")
    return kinds.filter(pk__in=book.kinds) if book and book.kinds else kinds


def _judging(book):
    return [
        ("Oceniający", book.assessors),
        ("Próg oceny merytorycznej", _percent(book.pass_share)),
        ("Kolejna ocena, gdy oceny różnią się o więcej niż", _percent(book.divergence)),
        ("Kworum Kapituły", f"{_percent(book.quorum_share)} składu"),
        ("Większość", f"więcej niż {_percent(book.majority_share)} z oddanych „za” i „przeciw”"),
        ("Równa liczba głosów", book.get_tie_display()),
        ("Głosowanie", "tajne" if book.votes_secretly else "jawne"),
    ]


def _percent(share):
    return f"{share.normalize():f}".replace(".", ",") + "\N{NO-BREAK SPACE}%"
