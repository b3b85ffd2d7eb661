"""Institutions and their people in an edition."""

from django.urls import path

from events.views import editions, ending, enrolment, enrolment_people, participation, places, review, signing, updates

urlpatterns = [
    path("projekty/", editions.edition_list, name="edition_list"),
    path("projekty/<slug:slug>/", editions.edition_detail, name="edition_detail"),
    path("projekty/<slug:slug>/tekst/<slug:kind>/", editions.edition_text, name="edition_text"),
    path("projekty/<slug:slug>/zgloszenie/", editions.enrolment_start, name="enrolment_start"),
    path("projekty/<slug:slug>/zgloszenie/wyslane/", editions.enrolment_sent, name="enrolment_sent"),
    path(
        "projekty/<slug:slug>/zgloszenie/<int:institution_id>/",
        editions.enrolment_start_own,
        name="enrolment_start_own",
    ),
    path("zgloszenie/<str:token>/", enrolment.enrolment, name="enrolment"),
    path("zgloszenie/<str:token>/reprezentacja/", enrolment_people.signatories, name="enrolment_signatories"),
    path(
        "zgloszenie/<str:token>/reprezentacja/<int:pk>/usun/",
        enrolment_people.signatory_removal,
        name="enrolment_signatory_removal",
    ),
    path("zgloszenie/<str:token>/osoby/", enrolment_people.people, name="enrolment_people"),
    path("zgloszenie/<str:token>/osoby/<int:pk>/", enrolment_people.person, name="enrolment_person"),
    path("zgloszenie/<str:token>/podsumowanie/", enrolment.enrolment_summary, name="enrolment_summary"),
    path("zgloszenie/<str:token>/stan/", signing.enrolment_state, name="enrolment_state"),
    path("zgloszenie/<str:token>/poprawianie/", signing.enrolment_reopen, name="enrolment_reopen"),
    path("zgloszenie/<str:token>/formularz.pdf", signing.enrolment_pdf, name="enrolment_pdf"),
    path("zgloszenie/<str:token>/strona/<int:pk>/", signing.enrolment_paper, name="enrolment_paper"),
    path("zgloszenie/<str:token>/aktualizacja/osoby/", updates.people_update, name="people_update"),
    path("zgloszenie/<str:token>/aktualizacja/adres/", updates.address_update, name="address_update"),
    path("zgloszenie/<str:token>/<slug:step>/", enrolment.enrolment_step, name="enrolment_step"),
    path("udzial/<str:token>/", participation.participation, name="participation"),
    path("udzial/<str:token>/zgoda/<slug:kind>/", participation.consent, name="participation_consent"),
    path("panel/projekty/", places.own_projects, name="own_projects"),
    path("panel/zgloszenia/", review.queue, name="review_queue"),
    path("panel/zgloszenia/<int:pk>/", review.review, name="review"),
    path("panel/zgloszenia/<int:pk>/otworz/", review.open_form, name="review_open"),
    path("panel/zgloszenia/<int:pk>/formularz.pdf", review.review_pdf, name="review_pdf"),
    path("panel/zgloszenia/<int:pk>/odpowiedz/<slug:code>/", review.review_answer, name="review_answer"),
    path("panel/zgloszenia/<int:pk>/nowy-odsylacz/", review.review_new_link, name="review_new_link"),
    path("panel/zgloszenia/<int:pk>/zakoncz/", ending.review_end, name="review_end"),
    path("panel/zgloszenia/<int:pk>/odsylacze/", review.review_links, name="review_links"),
    path("panel/zgloszenia/<int:pk>/strona/<int:paper_id>/", review.review_paper, name="review_paper"),
    path("panel/zgloszenia/aktualizacje/<int:pk>/", updates.update_review, name="update_review"),
]
