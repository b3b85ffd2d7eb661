"""What applications and judging know of people."""

from core.personal_data import DataClass

CLASSES = (
    DataClass(
        code="quality_mark.applications",
        label="Wnioski o znak",
        what=(
            "kto zaczął, złożył i prowadzi wniosek, pisał wiadomości, dodał plik; imię, funkcja i e-mail osoby, "
            "która poleca"
        ),
        purpose="rozpatrzenie wniosku i kontakt w jego sprawie",
        basis="zadanie w interesie publicznym (art. 6 ust. 1 lit. e RODO)",
        seen_by="osoby, które działają w imieniu podmiotu, koordynatorzy, oceniający i Kapituła",
        kept=lambda: "razem z wnioskiem; powiązanie z osobą, dopóki jej konto istnieje",
        holds={
            "quality_mark.Application": "handled_by started_by",
            "quality_mark.Step": "actor",
            "quality_mark.Paper": "uploaded_by",
            "quality_mark.Recommendation": "email signed_name",
            "quality_mark.Verdict": "by",
            "quality_mark.Message": "author",
        },
    ),
    DataClass(
        code="quality_mark.judging",
        label="Oceniający i Kapituła",
        what="kto oceniał wniosek o znak, kto był członkiem Kapituły, kto głosował i kto podpisał protokół",
        purpose="bezstronne i możliwe do sprawdzenia rozpatrzenie wniosku",
        basis="zadanie w interesie publicznym (art. 6 ust. 1 lit. e RODO)",
        seen_by="koordynatorzy, członkowie Kapituły i dyrektor; wnioskodawca nie widzi nazwisk ani głosów",
        kept=lambda: (
            "powiązanie z osobą, dopóki jej konto istnieje; o tajnym głosowaniu zostaje tylko, kto głosował, i sumy"
        ),
        holds={
            "quality_mark.Assessment": "assessor",
            "quality_mark.Visit": "made_by",
            "quality_mark.Comment": "author",
            "quality_mark.Member": "person",
            "quality_mark.Sitting": "called_by signed_by",
            "quality_mark.Reopening": "by",
        },
    ),
)
