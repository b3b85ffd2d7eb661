from django.urls import path

from quality_mark.views import auditing, statistics
from quality_mark.views.supervision import agreements, complaints, files, marks, steps

_MARK = "panel/znak/nadzor/<int:pk>"

urlpatterns = [
    path("panel/znak/umowy/", agreements.agreements, name="agreements"),
    path("panel/znak/umowy/certyfikaty/", agreements.make_certificates, name="make_certificates"),
    path("panel/znak/umowy/<int:pk>/", agreements.agreement_desk, name="agreement_desk"),
    path("panel/znak/umowy/<int:pk>/cofniecie/", agreements.ungrant, name="ungrant"),
    path("panel/znak/nadzor/", marks.marks, name="marks"),
    path(f"{_MARK}/", marks.mark_desk, name="mark_desk"),
    path(f"{_MARK}/przeglad/", steps.mark_review, name="mark_review"),
    path(f"{_MARK}/opinia/", auditing.ask_opinion, name="mark_opinion"),
    path("panel/znak/nadzor/losowanie/", auditing.draw, name="mark_draw"),
    path(f"{_MARK}/krok/<slug:step>/", steps.mark_step, name="mark_step"),
    path("panel/znak/zgloszenia/<int:pk>/", steps.report_desk, name="report_desk"),
    path("panel/znak/skargi/<int:pk>/", complaints.complaint_desk, name="complaint_desk"),
    path("panel/znak/statystyki/", statistics.statistics, name="statistics"),
    path("panel/znak/statystyki/eksport.xlsx", statistics.statistics_file, name="statistics_file"),
    path("panel/znak/pliki-znaku/", files.sign_file_list, name="sign_files"),
]
