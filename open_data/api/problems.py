"""Problem details for everything that goes wrong under /api/ (RFC 9457)."""

import json

from django.http import Http404, HttpResponse
from django.utils.encoding import escape_uri_path
from rest_framework.exceptions import APIException, NotFound
from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"
# {status: (title, what is said when nothing more is known)}
WORDS = {
    400: ("Nieprawidłowe zapytanie", "Zapytania nie da się odczytać: popraw adres."),
    403: ("Brak dostępu", "Tego zasobu nie można odczytać."),
    404: ("Nie ma takiego zasobu", "Pod tym adresem nic nie ma. Spis adresów: /api/v1/."),
    405: ("Niedozwolona metoda", "API służy tylko do odczytu: użyj GET albo HEAD."),
    406: ("Nie ma takiej postaci", "Odpowiedzi mają postać application/json. Popraw nagłówek Accept."),
    410: ("Zasób wycofano", "Ten zasób był tu kiedyś i został wycofany."),
    429: ("Za dużo zapytań", "Poczekaj tyle sekund, ile mówi nagłówek Retry-After."),
    500: ("Błąd portalu", "To nasz błąd. Spróbuj ponownie za kilka minut."),
}


class Problem(APIException):
    """Ends the request with this problem. `more` are members of its own beside those of the RFC."""

    def __init__(self, status, detail="", **more):
        super().__init__(detail)
        self.status_code, self.said, self.more = status, detail, more


class Invalid(Problem):
    """400 with every parameter that cannot be used: {name: why}."""

    def __init__(self, errors):
        faults = [{"parameter": name, "detail": why} for name, why in errors.items()]
        super().__init__(400, "Popraw parametry wymienione w „errors”.", errors=faults)


def body(request, status, detail="", **more):
    """{type, title, status, detail, instance}, with `more` behind."""
    title, usual = WORDS.get(status, (f"Błąd {status}", "Zapytania nie można wykonać."))
    kind = f"/api/v1/docs/#problem-{status}" if status in WORDS else "about:blank"
    told = {
        "type": kind,
        "title": title,
        "status": status,
        "detail": detail or usual,
        "instance": escape_uri_path(request.path),
    }
    return told | more


def handler(exception, context):
    """What DRF raised or a view of the API. Anything else goes on to be a 500 (and `answer` below)."""
    if isinstance(exception, Http404):
        exception = NotFound()
    if not isinstance(exception, APIException):
        return None
    headers = {}
    if wait := getattr(exception, "wait", None):
        headers["Retry-After"] = str(max(1, round(wait)))
    detail, more = getattr(exception, "said", ""), getattr(exception, "more", {})
    told = body(context["request"], exception.status_code, detail, **more)
    return Response(told, exception.status_code, headers=headers, content_type=MEDIA_TYPE)


def answer(request, *, status, headers, **_):
    """The same for what ends outside of DRF: unknown addresses, other methods, broken input, our own faults."""
    text = json.dumps(body(request, status), ensure_ascii=False)
    return HttpResponse(text, status=status, headers=headers, content_type=MEDIA_TYPE)
