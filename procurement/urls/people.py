from django.urls import path

from procurement.views import people

urlpatterns = [
    path("panel/zamawiajacy/prosba/", people.office_request, name="office_request"),
    path("panel/zamawiajacy/<int:pk>/osoby/", people.authority_people, name="authority_people"),
    path(
        "panel/zamawiajacy/<int:pk>/osoby/<int:grant_id>/",
        people.authority_person_removal,
        name="authority_person_removal",
    ),
]
