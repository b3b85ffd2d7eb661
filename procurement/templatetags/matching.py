"""{% of_posting posting.pk as matching %}: what procurement/matching/_of_posting.html draws."""

from django import template

from core.navigation import has_session
from procurement.matching.of_posting import of_posting as of_posting_for

register = template.Library()


@register.simple_tag(takes_context=True)
def of_posting(context, posting_id):
    """A visitor without a session costs no session."""
    request = context["request"]
    return of_posting_for(posting_id, user=request.user if has_session(request) else None)
