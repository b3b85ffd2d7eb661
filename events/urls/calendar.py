"""What everybody reads under /wydarzenia/."""

from django.urls import path, register_converter

from events.calendar.versions import versioned
from events.feeds import EventFeed
from events.views.event import event_detail, event_file
from events.views.exports import calendar_file, event_export
from events.views.files import logo, material, photo
from events.views.lists import event_list, month_document, month_schedule, year_index


class YearConverter:
    regex = "[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:04}"


class MonthConverter(YearConverter):
    regex = "0[1-9]|1[0-2]"

    def to_url(self, value):
        return f"{value:02}"


register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

urlpatterns = [
    path("wydarzenia/", event_list, name="event_list"),
    path("wydarzenia/<year:year>/", year_index, name="year_index"),
    path("wydarzenia/<year:year>/<month:month>/", month_schedule, name="month_schedule"),
    path("wydarzenia/<year:year>/<month:month>.pdf", month_document, name="month_document"),
    path("wydarzenia/kalendarz.ics", calendar_file, name="calendar_file"),
    path("wydarzenia/atom.xml", versioned(EventFeed()), name="event_feed"),
    path("wydarzenia/eksport.<str:extension>", event_export, name="event_export"),
    path("wydarzenia/zdjecia/<int:pk>/<str:name>", photo, name="photo"),
    path("wydarzenia/materialy/<int:pk>/", material, name="material"),
    path("wydarzenia/znaki/<int:pk>/", logo, name="logo"),
    path("wydarzenia/<slug:slug>.ics", event_file, name="event_file"),
    path("wydarzenia/<slug:slug>/", event_detail, name="event_detail"),
]
