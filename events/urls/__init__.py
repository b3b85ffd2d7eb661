from events.urls import attendance, calendar, desk, enrolment, signing_up

app_name = "events"

# The calendar comes last: its addresses of one event take any word.
urlpatterns = [
    *enrolment.urlpatterns,
    *signing_up.urlpatterns,
    *attendance.urlpatterns,
    *desk.urlpatterns,
    *calendar.urlpatterns,
]
