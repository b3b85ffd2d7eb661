from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core import front_page, navigation, personal_data, readiness, showcase, sources

TEXT = "text/plain; charset=utf-8"
DECLARED_STATUS = {"full": "w pełni zgodna", "partial": "częściowo zgodna", "none": "niezgodna"}


def home(request):
    return render(request, "core/home.html", front_page.context())


def accessibility(request):
    declaration = settings.ACCESSIBILITY
    context = {
        "declaration": declaration,
        "status": DECLARED_STATUS[declaration["status"]],
        "address": request.build_absolute_uri("/"),
    }
    return render(request, "core/accessibility.html", context)


def privacy(request):
    context = {"classes": personal_data.all_classes(), "approved_on": settings.PRIVACY_APPROVED_ON}
    return render(request, "core/privacy.html", context)


def data_sources(request):
    return render(request, "core/data_sources.html", {"dictionaries": sources.dictionaries()})


def contact(request):
    return render(request, "core/contact.html")


def site_map(request):
    return render(request, "core/site_map.html", {"beside": navigation.BESIDE})


def style_page(request):
    """Every component in every state, for those who write pages; absent in production."""
    if not settings.STYLE_PAGE:
        raise Http404
    return render(request, "core/style.html", showcase.context())


def robots(request):
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in (settings.ADMIN_PATH, "/panel/", "/konto/")),
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", TEXT)


def security_txt(request):
    """RFC 9116; there is none until the operator names a contact."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    return HttpResponse(f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: pl, en\n", TEXT)


@never_cache
def healthz(request):
    return HttpResponse("ok\n", TEXT)


@never_cache
def readyz(request):
    """200 when database, cache and queue answer, else 503 with the names of those that do not."""
    missing = readiness.missing()
    if missing:
        return HttpResponse(f"missing: {', '.join(missing)}\n", TEXT, status=503)
    return HttpResponse("ready\n", TEXT)
