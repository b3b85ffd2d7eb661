from django.urls import path

from core import views

app_name = "core"

urlpatterns = [
    path("", views.home, name="home"),
    path("deklaracja-dostepnosci/", views.accessibility, name="accessibility"),
    path("prywatnosc/", views.privacy, name="privacy"),
    path("zrodla-danych/", views.data_sources, name="data_sources"),
    path("kontakt/", views.contact, name="contact"),
    path("mapa-strony/", views.site_map, name="site_map"),
    path("styl/", views.style_page, name="style"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
