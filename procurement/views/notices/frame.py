"""What every page of a notice's form shows around its step."""

from django.urls import reverse
from django.utils import timezone

from procurement.choices import NoticeState
from procurement.notices import steps
from procurement.notices.history import state_badge
from procurement.rules.checking import check_notice
from procurement.views.notices.typed import remarks


def first_unfinished(notice):
    """The first step of the form whose checks ask for something; the summary when none does."""
    warned = {steps.step_of_field(check.field) for check in check_notice(notice, now=timezone.now())}
    return next((slug for slug in steps.STEPS if slug in warned), steps.SUMMARY)


def frame(notice, step):
    slugs = list(steps.STEPS)
    place = slugs.index(step)
    checks = check_notice(notice, now=timezone.now())
    warned = {steps.step_of_field(check.field) for check in checks}
    text, kind = state_badge(notice.state)
    return {
        "notice": notice,
        "badge": {"text": text, "kind": kind},
        "step": step,
        "step_label": steps.STEPS[step],
        "number": place + 1,
        "count": len(slugs),
        "next_step": slugs[place + 1] if place + 1 < len(slugs) else "",
        "steps": [
            {
                "url": _url(notice, slug),
                "label": label,
                "current": slug == step,
                "state": "warn" if slug in warned else "",
            }
            for slug, label in steps.STEPS.items()
        ],
        "checks": [(check, steps.step_of_field(check.field)) for check in checks],
        **remarks([check for check in checks if steps.step_of_field(check.field) == step]),
        "editable": notice.state != NoticeState.WITHDRAWN,
        "is_correction": notice.state in NoticeState.public(),
    }


def _url(notice, slug):
    if slug == steps.SUMMARY:
        return reverse("procurement:notice", args=[notice.pk])
    return reverse("procurement:notice_step", args=[notice.pk, slug])
