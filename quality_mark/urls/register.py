from django.urls import path

from quality_mark.feeds import RegisterFeed
from quality_mark.register.versions import versioned
from quality_mark.views import misuse, process, register, register_map, rules, verification

urlpatterns = [
    path("znak/", register.about, name="about"),
    path("znak/przebieg/", process.process, name="process"),
    path("znak/zasady/", rules.rules, name="rules"),
    path("znak/zasady/<int:version>/", rules.rules, name="rules_version"),
    path("znak/rejestr/", register.register, name="register"),
    path("znak/rejestr/eksport.<str:extension>", register.register_export, name="register_export"),
    path("znak/rejestr/atom.xml", versioned(RegisterFeed()), name="register_feed"),
    path("znak/rejestr/mapa.json", register_map.map_figures, name="register_map"),
    path("znak/oferta/<int:pk>/", verification.of_offer, name="mark_of_offer"),
    path("znak/podmiot/<int:pk>/", verification.of_organisation, name="marks_of_organisation"),
    path("znak/weryfikacja/", verification.search, name="verification_search"),
    path("znak/weryfikacja/<str:number>.json", verification.verification_json, name="verification_json"),
    path("znak/weryfikacja/<str:number>/znaczek.svg", verification.badge, name="badge"),
    path("znak/weryfikacja/<str:number>/", verification.verification, name="verification"),
    path("znak/zglos-naduzycie/", misuse.misuse, name="misuse"),
    path("znak/zglos-naduzycie/dziekujemy/", misuse.thanks, name="misuse_thanks"),
]
