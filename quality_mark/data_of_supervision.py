"""What the matters of marks know of people."""

from django.conf import settings

from core.personal_data import DataClass, days_words
from quality_mark.use_cases import forgetting_supervision as forgetting

PUBLIC_TASK = "zadanie w interesie publicznym (art. 6 ust. 1 lit. e RODO)"

CLASSES = (
    DataClass(
        code="mark.matters",
        label="Umowy i sprawy znaku",
        what=(
            "kto podpisał umowę licencyjną i jako kto, kto pobrał pliki znaku, złożył wyjaśnienia albo skargę; kto "
            "w urzędzie co zrobił ze znakiem"
        ),
        purpose="żeby było wiadomo, kto zawarł umowę, kto ma pliki znaku i jak zapadły rozstrzygnięcia",
        basis=PUBLIC_TASK,
        seen_by="ten podmiot, koordynatorzy, dyrektor",
        kept=lambda: (
            f"słowa {days_words(settings.MARK_RECORDS_KEPT_DAYS)} od końca znaku; kto co zrobił, dopóki konto istnieje"
        ),
        holds={
            "quality_mark.Agreement": "holder signed_name",
            "quality_mark.SignDownload": "person",
            "quality_mark.SignFile": "uploaded_by",
            "quality_mark.Suspension": "explained_by opinion_asked_by",
            "quality_mark.Draw": "drawn_by",
            "quality_mark.Complaint": "author decided_by",
            "quality_mark.Review": "by",
            "quality_mark.MarkStep": "actor",
        },
        collect=forgetting.matters_of,
        forget=forgetting.forget_matters,
    ),
    DataClass(
        code="mark.misuse",
        label="Zgłoszenia nadużycia znaku",
        what="treść zgłoszenia, e-mail do odpowiedzi, jeśli podano; kto je załatwił",
        purpose="nadzór nad używaniem znaku i odpowiedź zgłaszającemu",
        basis=PUBLIC_TASK,
        seen_by="koordynatorzy znaku",
        kept=lambda: f"{days_words(settings.ERROR_REPORT_KEPT_DAYS)} od załatwienia",
        holds={"quality_mark.MisuseReport": "email settled_by"},
        collect=forgetting.reports_of,
        erase=forgetting.erase_reports_of,
        forget=forgetting.forget_reports,
    ),
)
