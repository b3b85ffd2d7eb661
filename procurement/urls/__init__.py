from procurement.urls import advisor, matching, notices, outlets, people, plans, reports

app_name = "procurement"

# Addresses with words of their own before the list and the pages of single postings.
urlpatterns = [
    *people.urlpatterns,
    *plans.urlpatterns,
    *notices.urlpatterns,
    *advisor.urlpatterns,
    *matching.urlpatterns,
    *reports.urlpatterns,
    *outlets.urlpatterns,
]
