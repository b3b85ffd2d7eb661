"""What requests for a role know of people; one class of data for each model of them."""

from django.conf import settings

from accounts.use_cases.forgetting_requests import erase_requests, forget_documents, forget_requests
from core.personal_data import DataClass, days_words


def data_class(model, *, code, label, named_by=()):
    """`named_by`: the related rows that the model's `object_name` reads."""
    requests = model.objects.select_related(*named_by) if named_by else model.objects.all()
    return DataClass(
        code=code,
        label=label,
        what="kto prosi, w czyim imieniu, uzasadnienie, dołączony dokument, kto i jak rozpatrzył",
        purpose="żeby w cudzym imieniu działał tylko ten, kto może",
        basis="zadanie w interesie publicznym (art. 6 ust. 1 lit. e RODO)",
        seen_by="ta osoba, koordynatorzy, administratorzy",
        kept=lambda: (
            f"dokument {days_words(settings.REQUEST_DOCUMENT_KEPT_DAYS)} od decyzji, "
            f"reszta {days_words(settings.ROLE_KEPT_DAYS)}"
        ),
        holds={model._meta.label: "user decided_by"},
        is_protected=True,
        collect=lambda user: [
            {
                "w czyim imieniu": asked.object_name,
                "uzasadnienie": asked.reason,
                "dokument": "jest" if asked.document else "nie ma",
                "poproszono": asked.asked_at,
                "rozpatrzono": asked.decided_at,
                "odpowiedź": asked.answer,
            }
            for asked in requests.filter(user=user).order_by("asked_at")
        ],
        erase=lambda user, now: erase_requests(model, user),
        forget=lambda now: forget_documents(model, now) + forget_requests(model, now),
    )
