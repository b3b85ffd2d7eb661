"""What plans know of people: who has written and published them."""

from django.conf import settings

from core.personal_data import DataClass, days_words
from procurement.models import PlanImport, PlanVersion
from procurement.use_cases.plans.forgetting import forget_imports


def _collect(user):
    versions = PlanVersion.objects.filter(created_by=user) | PlanVersion.objects.filter(published_by=user)
    told = [
        {
            "wersja planu": str(one),
            "zaczęto": one.created_at,
            "ogłoszono": one.published_at if one.published_by_id == user.pk else None,
        }
        for one in versions.select_related("plan__authority__institution", "plan__unit").order_by("pk")
    ]
    runs = PlanImport.objects.filter(created_by=user).defer("drafts", "notes", "report").order_by("pk")
    return told + [{"wczytany plik": run.file_name, "kiedy": run.created_at} for run in runs]


CLASSES = (
    DataClass(
        code="procurement.plans",
        label="Kto pisze i ogłasza plany zamówień",
        what="konto, z którego zaczęto i ogłoszono wersję planu, i z którego wczytano plik",
        purpose="rozliczalność: kto i kiedy zmienił plan",
        basis="zadanie w interesie publicznym (art. 6 ust. 1 lit. e RODO)",
        seen_by="osoby, które działają w imieniu tego zamawiającego, koordynatorzy",
        kept=lambda: (
            f"razem z planem, do usunięcia konta; pliki i ich wiersze {days_words(settings.IMPORT_KEPT_DAYS)}"
        ),
        holds={"procurement.PlanVersion": "created_by published_by", "procurement.PlanImport": "created_by"},
        collect=_collect,
        forget=lambda now: forget_imports(now=now),
    ),
)
