from django.urls import path

from registry.feeds import CatalogueFeed, OfferFeed
from registry.versions import versioned
from registry.views.confirming import confirmation, confirmation_changes, confirmation_closing
from registry.views.exports import organisation_export
from registry.views.freshness import call, call_list, freshness_board, freshness_export
from registry.views.history import organisation_history
from registry.views.lists import offer_list, organisation_list
from registry.views.map import map_boundaries, map_figures
from registry.views.offers import offer_detail
from registry.views.organisations import organisation_detail
from registry.views.own_confirmation import organisation_confirmation
from registry.views.people import organisation_people, organisation_person_removal, representation_request
from registry.views.pictures import picture
from registry.views.proposals.editing import card_editing, card_new_row, card_row_back, card_row_removal
from registry.views.proposals.own import proposal, proposal_list, proposal_withdrawal
from registry.views.proposals.pictures import card_pictures, proposed_picture
from registry.views.proposals.sections import card_row, card_section
from registry.views.proposals.sending import card_discard, card_summary
from registry.views.reports import error_report, error_report_thanks, report_state
from registry.views.terms import organisation_terms

app_name = "registry"

urlpatterns = [
    path("katalog/", organisation_list, name="organisation_list"),
    path("oferty/", offer_list, name="offer_list"),
    path("katalog/eksport.<str:extension>", organisation_export, name="organisation_export"),
    path("katalog/atom.xml", versioned(CatalogueFeed()), name="catalogue_feed"),
    path("oferty/atom.xml", versioned(OfferFeed()), name="offer_feed"),
    path("katalog/granice.json", map_boundaries, name="map_boundaries"),
    path("katalog/mapa.json", map_figures, name="map_figures"),
    path("katalog/<slug:slug>/", organisation_detail, name="organisation_detail"),
    path("katalog/<slug:slug>/historia/", organisation_history, name="organisation_history"),
    path("katalog/<slug:slug>/zglos-blad/", error_report, name="error_report"),
    path("katalog/<slug:slug>/zglos-blad/dziekujemy/", error_report_thanks, name="error_report_thanks"),
    path("zgloszenia/<str:token>/", report_state, name="report_state"),
    path("panel/podmiot/<slug:slug>/terminy/", organisation_terms, name="organisation_terms"),
    path("panel/podmiot/<slug:slug>/prosba/", representation_request, name="representation_request"),
    path("panel/podmiot/<slug:slug>/osoby/", organisation_people, name="organisation_people"),
    path(
        "panel/podmiot/<slug:slug>/osoby/<int:grant_id>/",
        organisation_person_removal,
        name="organisation_person_removal",
    ),
    path("panel/podmiot/<slug:slug>/potwierdzenie/", organisation_confirmation, name="organisation_confirmation"),
    path("panel/swiezosc/", freshness_board, name="freshness_board"),
    path("panel/swiezosc/eksport.<str:extension>", freshness_export, name="freshness_export"),
    path("panel/do-zadzwonienia/", call_list, name="call_list"),
    path("panel/do-zadzwonienia/<int:pk>/", call, name="call"),
    path("potwierdzenie/<str:token>/", confirmation, name="confirmation"),
    path("potwierdzenie/<str:token>/zmiany/", confirmation_changes, name="confirmation_changes"),
    path("potwierdzenie/<str:token>/nie-dzialamy/", confirmation_closing, name="confirmation_closing"),
    path("panel/podmiot/<slug:slug>/edycja/", card_editing, name="card_editing"),
    path("panel/podmiot/<slug:slug>/edycja/podsumowanie/", card_summary, name="card_summary"),
    path("panel/podmiot/<slug:slug>/edycja/porzuc/", card_discard, name="card_discard"),
    path("panel/podmiot/<slug:slug>/edycja/nowa/<slug:kind>/", card_new_row, name="card_new_row"),
    path("panel/podmiot/<slug:slug>/edycja/<slug:page>/", card_section, name="card_section"),
    path("panel/podmiot/<slug:slug>/edycja/<slug:kind>/<slug:key>/", card_row, name="card_row"),
    path("panel/podmiot/<slug:slug>/edycja/<slug:kind>/<slug:key>/usun/", card_row_removal, name="card_row_removal"),
    path("panel/podmiot/<slug:slug>/edycja/<slug:kind>/<slug:key>/cofnij/", card_row_back, name="card_row_back"),
    path("panel/podmiot/<slug:slug>/edycja/oferty/<slug:key>/zdjecia/", card_pictures, name="card_pictures"),
    path("panel/podmiot/<slug:slug>/propozycje/", proposal_list, name="proposal_list"),
    path("panel/podmiot/<slug:slug>/propozycje/<int:pk>/", proposal, name="proposal"),
    path("panel/podmiot/<slug:slug>/propozycje/<int:pk>/wycofaj/", proposal_withdrawal, name="proposal_withdrawal"),
    path("panel/propozycje/zdjecia/<int:pk>/", proposed_picture, name="proposed_picture"),
    path("oferty/zdjecia/<int:pk>/<str:name>", picture, name="picture"),
    path("oferty/<int:pk>-<slug:slug>/", offer_detail, name="offer_detail"),
]
