from django.urls import path

from procurement.views import reports

urlpatterns = [
    path("zamowienia/statystyki/", reports.region_report, name="region_report"),
    path("zamowienia/statystyki/eksport.xlsx", reports.region_workbook, name="region_workbook"),
    path("zamowienia/statystyki/<slug:slug>/", reports.buyer_report, name="buyer_report"),
    path("zamowienia/statystyki/<slug:slug>/eksport.xlsx", reports.buyer_workbook, name="buyer_workbook"),
]
