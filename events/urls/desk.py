"""Where coordinators work."""

from django.urls import path

from events.views.desk.adding import adding, pasting
from events.views.desk.answers import answers
from events.views.desk.dashboard import dashboard
from events.views.desk.event import desk, needs, participants_file
from events.views.desk.messages import message
from events.views.desk.person import person
from events.views.desk.previews import close_edition, form_preview, text_preview
from events.views.desk.steps import copy, step
from events.views.desk.tying import tying

_EVENT = "panel/wydarzenia/<slug:slug>"

urlpatterns = [
    path("panel/wydarzenia/", dashboard, name="desk_home"),
    path("panel/edycje/formularz/<int:pk>/", form_preview, name="form_preview"),
    path("panel/edycje/tekst/<int:pk>/", text_preview, name="text_preview"),
    path("panel/edycje/<slug:slug>/zamknij/", close_edition, name="close_edition"),
    path(f"{_EVENT}/", desk, name="desk"),
    path(f"{_EVENT}/krok/<slug:key>/", step, name="desk_step"),
    path(f"{_EVENT}/kopiuj/", copy, name="desk_copy"),
    path(f"{_EVENT}/osoba/<int:pk>/", person, name="desk_person"),
    path(f"{_EVENT}/osoba/<int:pk>/odpowiedzi/", answers, name="desk_answers"),
    path(f"{_EVENT}/osoba/<int:pk>/uczestnik/", tying, name="desk_tying"),
    path(f"{_EVENT}/potrzeby/", needs, name="desk_needs"),
    path(f"{_EVENT}/uczestnicy.xlsx", participants_file, name="desk_file"),
    path(f"{_EVENT}/dopisz/", adding, name="desk_adding"),
    path(f"{_EVENT}/dopisz-liste/", pasting, name="desk_pasting"),
    path(f"{_EVENT}/wiadomosc/", message, name="desk_message"),
]
