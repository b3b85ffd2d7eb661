from django.urls import path

from quality_mark.views import auditing, statistics, supervision

_MARK = "panel/znak/nadzor/<int:pk>"

urlpatterns = [
    path("panel/znak/umowy/", supervision.agreements, name="agreements"),
    path("panel/znak/umowy/certyfikaty/", supervision.make_certificates, name="make_certificates"),
    path("panel/znak/umowy/<int:pk>/", supervision.agreement_desk, name="agreement_desk"),
    path("panel/znak/umowy/<int:pk>/cofniecie/", supervision.ungrant, name="ungrant"),
    path("panel/znak/nadzor/", supervision.marks, name="marks"),
    path(f"{_MARK}/", supervision.mark_desk, name="mark_desk"),
    path(f"{_MARK}/przeglad/", supervision.mark_review, name="mark_review"),
    path(f"{_MARK}/opinia/", auditing.ask_opinion, name="mark_opinion"),
    path("panel/znak/nadzor/losowanie/", auditing.draw, name="mark_draw"),
    path(f"{_MARK}/krok/<slug:step>/", supervision.mark_step, name="mark_step"),
    path("panel/znak/zgloszenia/<int:pk>/", supervision.report_desk, name="report_desk"),
    path("panel/znak/skargi/<int:pk>/", supervision.complaint_desk, name="complaint_desk"),
    path("panel/znak/statystyki/", statistics.statistics, name="statistics"),
    path("panel/znak/statystyki/eksport.xlsx", statistics.statistics_file, name="statistics_file"),
    path("panel/znak/pliki-znaku/", supervision.sign_file_list, name="sign_files"),
]
