from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render

from core import front_page, readiness, showcase


def home(request):
    return render(request, "core/home.html", front_page.context())


def accessibility(request):
    return render(request, "core/accessibility.html", {"declaration": settings.ACCESSIBILITY})


def privacy(request):
    return render(request, "core/privacy.html")


def data_sources(request):
    return render(request, "core/data_sources.html")


def contact(request):
    return render(request, "core/contact.html")


def site_map(request):
    return render(request, "core/site_map.html")


def style_page(request):
    if not settings.STYLE_PAGE:
        raise Http404
    return render(request, "core/style.html", showcase.context())


def robots(request):
    sitemap = request.build_absolute_uri("/sitemap.xml")
    return HttpResponse(f"User-agent: *\nDisallow: /admin/\nDisallow: /panel/\nSitemap: {sitemap}\n", "text/plain")


def security_txt(request):
    if not settings.SECURITY_CONTACT:
        raise Http404
    return HttpResponse(f"Contact: {settings.SECURITY_CONTACT}\nPreferred-Languages: pl, en\n", "text/plain")


def healthz(request):
    return HttpResponse("ok\n", "text/plain")


def readyz(request):
    missing = readiness.missing()
    if missing:
        return HttpResponse(f"missing: {', '.join(missing)}\n", "text/plain", status=503)
    return HttpResponse("ready\n", "text/plain")
