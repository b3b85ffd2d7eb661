from django.urls import path

from quality_mark.views.office import board, case, checking, words

urlpatterns = [
    path("panel/znak/sprawy/", board.case_board, name="case_board"),
    path("panel/znak/sprawy/<int:pk>/", case.case_page, name="case"),
    path("panel/znak/sprawy/<int:pk>/wez/", case.take, name="case_take"),
    path("panel/znak/sprawy/<int:pk>/przejmij/", case.take_over, name="case_take_over"),
    path("panel/znak/sprawy/<int:pk>/ocena-formalna/", checking.formal_check, name="formal_check"),
    path("panel/znak/sprawy/<int:pk>/wezwanie/", checking.call, name="case_call"),
    path("panel/znak/sprawy/<int:pk>/wiadomosci/", words.case_messages, name="case_messages"),
    path("panel/znak/sprawy/<int:pk>/krok/<slug:step>/", case.step, name="case_step"),
    path("panel/znak/<int:pk>/wezwanie/", words.own_call, name="own_call"),
    path("panel/znak/<int:pk>/wiadomosci/", words.own_messages, name="own_messages"),
]
