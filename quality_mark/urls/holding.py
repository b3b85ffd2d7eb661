from django.urls import path

from quality_mark.views import holding

_MARK = "panel/znak/znaki/<int:pk>"

urlpatterns = [
    path("panel/znak/<int:pk>/umowa/", holding.agreement, name="agreement"),
    path("panel/znak/<int:pk>/skarga/", holding.application_complaint, name="application_complaint"),
    path("panel/znak/certyfikat/<int:pk>/", holding.certificate, name="certificate"),
    path(f"{_MARK}/", holding.own_mark, name="own_mark"),
    path(f"{_MARK}/przedluzenie/", holding.renewal, name="renewal"),
    path(f"{_MARK}/pliki/", holding.sign_pack, name="sign_pack"),
    path(f"{_MARK}/wyjasnienia/", holding.explanation, name="explanation"),
    path(f"{_MARK}/skarga/", holding.mark_complaint, name="mark_complaint"),
]
