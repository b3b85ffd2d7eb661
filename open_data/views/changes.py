"""/api/v1/zmiany/: every change of what is public, in an order in which none is missed."""

import json

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

from open_data.changes.asking import Problem, asked
from open_data.changes.pages import page

# Of a full page nothing is lost: what has changed since stands on a later one.
KEEP_FULL = 3_600


def changes(request):
    """One page after the place `?od=`; docs/decisions/0106 tells how to follow. Problems as RFC 9457 has them.

    The answer is small or full and is written before it is compared: ConditionalGetMiddleware gives it an ETag.
    """
    try:
        sheet = page(asked(request.GET))
    except Problem as problem:
        return _problem(problem)
    response = _json(sheet)
    response["Link"] = f'<{sheet["next"]}>; rel="next"'
    if sheet["more"]:
        patch_cache_control(response, public=True, max_age=KEEP_FULL)
    else:
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


def _problem(problem):
    told = {"type": "about:blank", "title": problem.title, "status": problem.status, "detail": problem.detail}
    if problem.errors:
        told["errors"] = problem.errors
    response = _json(told, content_type="application/problem+json", status=problem.status)
    patch_cache_control(response, no_store=True)
    return response


def _json(content, content_type="application/json", **options):
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type=content_type, **options)
