"""On the day and after: lists, checking in, certificates, counts."""

from django.urls import path

from events.views.day import certificates, check_in, codes, counting, lists, meetings, missing, settling

_EVENT = "panel/wydarzenia/<slug:slug>/"

urlpatterns = [
    path(f"{_EVENT}obecnosc/", check_in.check_in, name="check_in"),
    path(f"{_EVENT}obecnosc/nowa-osoba/", check_in.walk_in, name="walk_in"),
    path(f"{_EVENT}obecnosc/<int:pk>/", check_in.let_in, name="let_in"),
    path("panel/odprawa/<str:token>/", check_in.check_in_by_code, name="check_in_by_code"),
    path("zapis/<str:token>/kod.svg", codes.registration_code, name="registration_code"),
    path(f"{_EVENT}lista-obecnosci/", lists.attendance_list, name="attendance_list"),
    path(f"{_EVENT}skany/", lists.attendance_scans, name="attendance_scans"),
    path(f"{_EVENT}skany/<int:pk>/", lists.attendance_scan, name="attendance_scan"),
    path(f"{_EVENT}spotkanie/", meetings.meeting_file, name="meeting_file"),
    path(f"{_EVENT}zaswiadczenia/", certificates.certificates, name="certificates"),
    path(f"{_EVENT}zaswiadczenia/<int:pk>/", certificates.certificate_correction, name="certificate_correction"),
    path(f"{_EVENT}zaswiadczenia/<int:pk>.pdf", certificates.certificate_file, name="certificate_file"),
    path("zapis/<str:token>/zaswiadczenie.pdf", certificates.own_certificate, name="own_certificate"),
    path("wydarzenia/zaswiadczenie/<str:code>/", certificates.certificate_check, name="certificate_check"),
    path(f"{_EVENT}braki/", missing.event_missing, name="event_missing"),
    path("panel/projekty/<slug:slug>/braki/", missing.edition_missing, name="edition_missing"),
    path(f"{_EVENT}rozliczenie/", settling.settling, name="settling"),
    path("panel/statystyki-wydarzen/", counting.event_counts, name="event_counts"),
    path("panel/statystyki-wydarzen.xlsx", counting.event_counts_workbook, name="event_counts_workbook"),
    path("panel/projekty/<slug:slug>/sm-efs.csv", counting.funding_export, name="funding_export"),
]
