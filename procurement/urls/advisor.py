from django.urls import path

from procurement.views import advisor

urlpatterns = [
    path("zamowienia/doradca/", advisor.advisor, name="advisor"),
    path("zamowienia/doradca/szkic/", advisor.advisor_draft, name="advisor_draft"),
]
