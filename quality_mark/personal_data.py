"""What applications and judging know of people."""

from django.conf import settings

from core.personal_data import DataClass, days_words
from quality_mark.use_cases import forgetting, forgetting_minutes, own_data

CLASSES = (
    DataClass(
        code="quality_mark.applications",
        label="Wnioski o znak",
        what=(
            "kto zaczął, złożył i prowadzi wniosek, pisał wiadomości, dodał plik; kto złożył oświadczenie; imię, "
            "nazwisko, funkcja i e-mail osoby, która poleca; wniosek w PDF i pliki do niego, wezwania, zdjęcia "
            "i notatki z wizyt, oceny z uzasadnieniem, wiadomości"
        ),
        purpose="rozpatrzenie wniosku i kontakt w jego sprawie",
        basis="zadanie w interesie publicznym (art. 6 ust. 1 lit. e RODO)",
        seen_by="osoby, które działają w imieniu podmiotu, koordynatorzy, oceniający i Kapituła",
        kept=lambda: (
            f"{days_words(settings.MARK_CASES_KEPT_DAYS)} od końca sprawy i znaku; zostaje, że był taki wniosek i jak "
            "się skończył; powiązanie z osobą, dopóki jej konto istnieje"
        ),
        holds={
            "quality_mark.Application": "handled_by started_by signed_name",
            "quality_mark.Step": "actor",
            "quality_mark.Paper": "uploaded_by",
            "quality_mark.Recommendation": "email signed_name",
            "quality_mark.Verdict": "by",
            "quality_mark.Message": "author",
        },
        collect=own_data.applications_of,
        erase=own_data.erase_applications_of,
        forget=forgetting.forget_cases,
    ),
    DataClass(
        code="quality_mark.records",
        label="Rozstrzygnięcia i umowy o znak",
        what=(
            "pisma o przyznaniu, odmowie, pozostawieniu bez rozpatrzenia, zawieszeniu i odebraniu z uzasadnieniem, "
            "umowa licencyjna z podpisami, certyfikat, skargi"
        ),
        purpose="dowód, co i dlaczego rozstrzygnięto i na co się umówiono",
        basis="zadanie w interesie publicznym i archiwizacja (art. 6 ust. 1 lit. e, art. 17 ust. 3 lit. b i d RODO)",
        seen_by="ten podmiot, koordynatorzy, dyrektor",
        kept=lambda: f"{days_words(settings.MARK_RECORDS_KEPT_DAYS)} od końca sprawy i znaku",
        forget=forgetting.forget_records,
    ),
    DataClass(
        code="quality_mark.minutes",
        label="Protokoły Kapituły",
        what="kto był na posiedzeniu, kto się wyłączył i jak głosowano jawnie",
        purpose="dowód, jak powstała rekomendacja",
        basis="zadanie w interesie publicznym i archiwizacja (art. 6 ust. 1 lit. e, art. 17 ust. 3 lit. b i d RODO)",
        seen_by="Kapituła, koordynatorzy, dyrektor",
        kept=lambda: (
            f"{days_words(settings.MARK_RECORDS_KEPT_DAYS)} od podpisania i od końca każdej ze spraw; projekt, "
            f"którego nikt nie podpisał, {days_words(settings.MARK_CASES_KEPT_DAYS)}"
        ),
        forget=forgetting_minutes.forget_minutes,
    ),
    DataClass(
        code="quality_mark.drafts",
        label="Niezłożone wnioski o znak",
        what="to, co wpisano we wniosku, który nigdy nie został złożony, jego pliki i prośby o rekomendacje",
        purpose="żeby można było dokończyć później",
        basis="zadanie w interesie publicznym (art. 6 ust. 1 lit. e RODO)",
        seen_by="osoby, które działają w imieniu podmiotu",
        kept=lambda: f"{days_words(settings.MARK_DRAFT_KEPT_DAYS)} od ostatniego zapisania",
        forget=forgetting.forget_drafts,
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
        collect=own_data.judging_of,
    ),
)
