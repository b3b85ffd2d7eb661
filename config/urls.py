from django.contrib import admin
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path

from accounts.views.panel import panel
from events.sitemaps import SITEMAPS as OF_EVENTS
from open_data.sitemaps import SITEMAPS as OF_DATA
from procurement.sitemaps import SITEMAPS as OF_PROCUREMENT
from quality_mark.sitemaps import SITEMAPS as OF_MARKS
from registry.sitemaps import SITEMAPS as OF_REGISTER

SITEMAPS = OF_REGISTER | OF_EVENTS | OF_PROCUREMENT | OF_MARKS | OF_DATA

urlpatterns = [
    path("admin/", admin.site.urls),
    path("konto/", include("accounts.urls")),
    path("", include("accounts.data_urls")),
    path("panel/", panel, name="panel"),
    path("sitemap.xml", index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemap_index"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("panel/praca/", include("accounts.jobs.urls")),
    path("", include("core.urls")),
    path("", include("notifications.urls")),
    path("", include("events.urls")),
    path("", include("procurement.urls")),
    path("", include("quality_mark.urls")),
    path("", include("open_data.urls")),
    path("", include("registry.urls")),
]

handler400 = "core.errors.bad_request"
handler403 = "core.errors.permission_denied"
handler404 = "core.errors.page_not_found"
handler429 = "core.errors.too_many_requests"  # asked for by the accounts' library
handler500 = "core.errors.server_error"
