from django.urls import path

from procurement.views import for_us, inquiries, own_shortlist, replies, shortlists, who_can

urlpatterns = [
    path("zamowienia/kto-to-zrobi/", who_can.who_can_page, name="who_can"),
    path("zamowienia/kto-to-zrobi.json", who_can.who_can_json, name="who_can_json"),
    path("zamowienia/lista/", own_shortlist.own_shortlist, name="own_shortlist"),
    path("zamowienia/lista/dodaj/", shortlists.shortlist_adding, name="shortlist_adding"),
    path("zamowienia/lista/eksport.<str:extension>", own_shortlist.own_shortlist_file, name="own_shortlist_file"),
    path("zamowienia/lista/<str:token>/", own_shortlist.shared_shortlist, name="shared_shortlist"),
    path("zapytanie/<str:token>/", replies.inquiry_reply, name="inquiry_reply"),
    path("zapytanie/<str:token>/plik/<int:reply_id>/", replies.own_reply_file, name="own_reply_file"),
    path("panel/zamowienia/listy/", shortlists.shortlist_list, name="shortlists"),
    path("panel/zamowienia/listy/<int:pk>/", shortlists.shortlist_detail, name="shortlist"),
    path("panel/zamowienia/listy/<int:pk>/eksport.<str:extension>", shortlists.shortlist_file, name="shortlist_file"),
    path("panel/zamowienia/listy/<int:pk>/zapytaj/", inquiries.inquiry_asking, name="inquiry_asking"),
    path("panel/zamowienia/zapytania/", inquiries.inquiry_list, name="inquiries"),
    path("panel/zamowienia/zapytania/<int:pk>/", inquiries.inquiry_detail, name="inquiry"),
    path("panel/zamowienia/zapytania/<int:pk>/termin/", inquiries.inquiry_deadline, name="inquiry_deadline"),
    path("panel/zamowienia/zapytania/<int:pk>/wycofanie/", inquiries.inquiry_withdrawal, name="inquiry_withdrawal"),
    path(
        "panel/zamowienia/zapytania/<int:pk>/pytania/<int:question_id>/",
        inquiries.inquiry_answer,
        name="inquiry_answer",
    ),
    path("panel/zamowienia/zapytania/<int:pk>/protokol.pdf", inquiries.inquiry_record, name="inquiry_record"),
    path(
        "panel/zamowienia/zapytania/<int:pk>/odpowiedzi/<int:reply_id>/plik/",
        inquiries.inquiry_file,
        name="inquiry_file",
    ),
    path("panel/zamowienia/dla-nas/", for_us.orders_for_us, name="orders_for_us"),
    path("panel/zamowienia/dla-nas/<int:organisation_id>/<int:posting_id>/", for_us.order_voice, name="order_voice"),
]
