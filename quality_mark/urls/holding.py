from django.urls import path

from quality_mark.views.holding import agreement, complaints, files, mark

_MARK = "panel/znak/znaki/<int:pk>"

urlpatterns = [
    path("panel/znak/<int:pk>/umowa/", agreement.agreement, name="agreement"),
    path("panel/znak/<int:pk>/skarga/", complaints.application_complaint, name="application_complaint"),
    path("panel/znak/certyfikat/<int:pk>/", files.certificate, name="certificate"),
    path(f"{_MARK}/", mark.own_mark, name="own_mark"),
    path(f"{_MARK}/przedluzenie/", mark.renewal, name="renewal"),
    path(f"{_MARK}/pliki/", files.sign_pack, name="sign_pack"),
    path(f"{_MARK}/wyjasnienia/", mark.explanation, name="explanation"),
    path(f"{_MARK}/skarga/", complaints.mark_complaint, name="mark_complaint"),
]
