"""The edition of the demo: a project with its texts, both forms and a few questions."""

from datetime import date

from django.utils import timezone

from core.asking import Answer
from events.choices import FormKind, PersonField, TextKind
from events.models import Edition, EditionText, FormQuestion, FormVersion

SLUG = "dolnoslaska-ekonomia-spoleczna"
TEXTS = {
    TextKind.REGULATIONS: (
        "Regulamin uczestnictwa",
        "Udział w projekcie jest bezpłatny.\n\nInstytucja zgłasza się raz na edycję i deleguje osoby. Na następne "
        "wydarzenia wystarczy wybrać osoby z listy.\n\nZ udziału można zrezygnować do dnia przed wydarzeniem:\n\n"
        "- odsyłaczem z listu,\n- telefonicznie,\n- e-mailem.",
    ),
    TextKind.INFORMATION: (
        "Informacja o przetwarzaniu danych",
        "Dane zbieramy po to, żeby przeprowadzić i rozliczyć projekt.\n\nPodstawą jest art. 6 ust. 1 lit. c i e RODO. "
        "Dane dostaje instytucja, która finansuje projekt. Masz prawo do wglądu, poprawienia i usunięcia danych.",
    ),
    TextKind.CONTACT: (
        "Zgoda na kontakt",
        "Zgadzam się na listy o następnych wydarzeniach. Zgodę mogę wycofać w każdej chwili.",
    ),
    TextKind.IMAGE: (
        "Zgoda na wizerunek",
        "Zgadzam się na zdjęcia z wydarzeń na stronach projektu. Zgoda jest dobrowolna i mogę ją wycofać.",
    ),
}
QUESTIONS = {
    FormKind.INSTITUTION: [
        {
            "code": "skad",
            "label": "Skąd wiecie o projekcie?",
            "answer": Answer.CHOICE,
            "choices": ["z portalu", "od innej organizacji", "z OWES", "z mediów"],
        },
        {"code": "oczekiwania", "label": "Czego oczekujecie od udziału?", "answer": Answer.LONG_TEXT},
        {
            "code": "prawdziwe",
            "label": "Oświadczam, że dane w formularzu są prawdziwe.",
            "answer": Answer.DECLARATION,
            "is_required": True,
        },
    ],
    FormKind.PERSON: [
        {
            "code": "doswiadczenie",
            "label": "Jak długo zajmujesz się ekonomią społeczną?",
            "answer": Answer.CHOICE,
            "choices": ["mniej niż rok", "od roku do pięciu lat", "ponad pięć lat"],
        },
        {
            "code": "niepelnosprawnosc",
            "label": "Czy masz orzeczenie o niepełnosprawności?",
            "help_text": "Możesz odmówić odpowiedzi.",
            "answer": Answer.CHOICE,
            "choices": ["tak", "nie", "odmawiam odpowiedzi"],
            "is_sensitive": True,
        },
    ],
}


def seed_edition(*, now):
    """The edition in force this year and the next one. Safe to repeat; a changed one stays as it is."""
    year = timezone.localdate(now).year
    edition, made = Edition.objects.get_or_create(
        slug=SLUG,
        defaults={
            "name": "Dolnośląska Ekonomia Społeczna",
            "number": "FEDS.00.00-IP.00-0000/26 (przykład)",
            "programme": "Fundusze Europejskie dla Dolnego Śląska 2021–2027",
            "starts_on": date(year, 1, 1),
            "ends_on": date(year + 1, 12, 31),
            "personal_data_until": date(year + 7, 12, 31),
            "funding_statement": "Projekt współfinansowany ze środków Unii Europejskiej (przykład).",
            "contact_name": "Anna Przykładowa",
            "contact_role": "koordynatorka ds. współpracy",
            "contact_phone": "+48710000000",
            "contact_email": "projekt@example.pl",
            "person_fields": [
                PersonField.PESEL,
                PersonField.SEX,
                PersonField.EDUCATION,
                PersonField.LABOUR_STATUS,
                PersonField.EMAIL,
            ],
        },
    )
    if made:
        _write_texts(edition, now)
    return edition


def _write_texts(edition, now):
    of = {"edition": edition, "version": 1, "valid_from": edition.starts_on, "published_at": now}
    EditionText.objects.bulk_create(
        EditionText(kind=kind, title=title, body=body, **of) for kind, (title, body) in TEXTS.items()
    )
    for kind, questions in QUESTIONS.items():
        form = FormVersion.objects.create(kind=kind, introduction="Wypełnij wszystkie wymagane pola.", **of)
        FormQuestion.objects.bulk_create(
            FormQuestion(form=form, position=position, **question) for position, question in enumerate(questions)
        )
