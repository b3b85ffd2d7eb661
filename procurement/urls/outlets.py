"""What everybody reads of all orders together: the list, its files, its feeds and OCDS."""

from django.urls import path

from procurement.feeds import PostingFeed
from procurement.outlets.versions import versioned
from procurement.views.exports import posting_calendar, posting_export
from procurement.views.lists import posting_list
from procurement.views.ocds import extension_file, process, record_package, release_lines, release_package

urlpatterns = [
    path("zamowienia/", posting_list, name="posting_list"),
    path("zamowienia/eksport.<str:extension>", posting_export, name="posting_export"),
    path("zamowienia/atom.xml", versioned(PostingFeed()), name="posting_feed"),
    path("zamowienia/kalendarz.ics", posting_calendar, name="posting_calendar"),
    path("zamowienia/ocds/releases.json", release_package, name="release_package"),
    path("zamowienia/ocds/releases.jsonl", release_lines, name="release_lines"),
    path("zamowienia/ocds/records.json", record_package, name="record_package"),
    path("zamowienia/ocds/rozszerzenie/<str:name>", extension_file, name="ocds_extension"),
    path("zamowienia/ocds/<str:ocid>.json", process, name="ocds_process"),
]
