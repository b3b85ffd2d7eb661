"""Long work of the mark. It may be killed at any moment and done again."""

from django.utils import timezone

from accounts.jobs.kinds import Kind, register
from core.templatetags.portal import plural
from quality_mark.use_cases import certificates
from quality_mark.use_cases.by_turns import each

CERTIFICATES = "quality_mark.certificates"


def make_certificates(progress, owner):
    """Every certificate that waits, one after another, with the number done."""
    waiting = certificates.waiting()
    made = 0
    for number, pk in enumerate(waiting):
        progress(number, len(waiting))
        made += sum(each([pk], lambda one: certificates.make(one, now=timezone.now())))
    progress(len(waiting), max(len(waiting), 1))
    return [f"{made} {plural(made, 'nowy certyfikat,nowe certyfikaty,nowych certyfikatów')}."]


def register_jobs():
    register(Kind(CERTIFICATES, make_certificates, again=True))
