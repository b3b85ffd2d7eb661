"""What the mark holds on one person: as somebody who applies, recommends, handles or judges."""

from itertools import chain

from django.db.models import Q

from quality_mark.choices import SIGNED, DocumentKind, Gone
from quality_mark.keeping import over_since
from quality_mark.models import (
    Application,
    Assessment,
    Comment,
    Member,
    Message,
    Paper,
    Recommendation,
    Sitting,
    Step,
    Verdict,
    Visit,
)
from quality_mark.use_cases.forgetting import drop_files


def applications_of(user):
    """What this person began, sent, wrote, added or handled, and what they said of an offer by a link."""
    of = "application"
    return list(
        chain(
            (
                {"wniosek": str(one), "zaczęto": one.started_at, "oświadczenie złożył(a)": one.signed_name}
                for one in Application.objects.filter(started_by=user).order_by("pk")
            ),
            ({"prowadzi wniosek": str(one)} for one in Application.objects.filter(handled_by=user).order_by("pk")),
            (
                {"wniosek": str(one.application), "krok": one.name, "kiedy": one.at, "uwaga": one.note}
                for one in Step.objects.filter(actor=user).select_related(of)
            ),
            (
                {"wniosek": str(one.application), "plik": one.name, "dodano": one.uploaded_at}
                for one in Paper.objects.filter(uploaded_by=user).select_related(of)
            ),
            (
                {"wniosek": str(one.application), "wiadomość": one.text, "kiedy": one.at}
                for one in Message.objects.filter(author=user).select_related(of)
            ),
            (
                {"wniosek": str(one.application), "ocena kryterium": str(one.criterion), "kiedy": one.at}
                for one in Verdict.objects.filter(by=user).select_related(of, "criterion")
            ),
            (
                {
                    "rekomendacja dla": one.application.offer.name,
                    "imię i nazwisko": one.signed_name,
                    "funkcja": one.function,
                    "treść": one.text,
                    "poproszono": one.asked_at,
                }
                for one in Recommendation.objects.filter(email__iexact=user.email).select_related("application__offer")
            ),
        )
    )


def erase_applications_of(user, now):
    """Of a recommendation the address and the name go; what was said of the offer stays with the case.

    Of cases that are over the document goes in which the person is named as the one who recommends or signs. A case
    that runs keeps it, and records are kept for their own time (quality_mark.keeping).
    """
    mine = Recommendation.objects.filter(email__iexact=user.email)
    signed = Step.objects.filter(name="submit", actor=user).values("application")
    over = over_since(now)
    named = over.filter(Q(pk__in=mine.values("application")) | Q(pk__in=signed)).values("pk")
    papers = Paper.objects.filter(application__in=list(named.values_list("pk", flat=True)))
    of_person = Q(code=DocumentKind.APPLICATION, is_of_office=True) | Q(code=SIGNED, uploaded_by=user)
    drop_files(papers.filter(of_person), why=Gone.PERSON, now=now)
    ids = list(over.filter(pk__in=signed).values_list("pk", flat=True))
    Application.objects.filter(pk__in=ids).update(signed_name="")
    Application.pgh_event_model.objects.filter(pgh_obj_id__in=ids).update(signed_name="")
    mine.update(email="", signed_name="", function="")


def judging_of(user):
    """What this person assessed and was called to. How they voted secretly nobody knows."""
    of = "application"
    return list(
        chain(
            (
                {"ocena wniosku": str(one.application), "przydzielono": one.asked_at, "wysłano": one.sent_at}
                for one in Assessment.objects.filter(assessor=user).select_related(of).order_by("pk")
            ),
            (
                {"wizyta w sprawie": str(one.application), "dzień": one.visited_on, "notatka": one.note}
                for one in Visit.objects.filter(made_by=user).select_related(of).order_by("pk")
            ),
            (
                {"uwaga do wniosku": str(one.application), "treść": one.text, "kiedy": one.at}
                for one in Comment.objects.filter(author=user).select_related(of).order_by("pk")
            ),
            (
                {"Kapituła": str(one.term), "od dnia": one.term.starts_on}
                for one in Member.objects.filter(person=user).select_related("term").order_by("pk")
            ),
            ({"protokół posiedzenia": str(one)} for one in Sitting.objects.filter(signed_by=user).order_by("pk")),
            ({"zwołane posiedzenie": str(one)} for one in Sitting.objects.filter(called_by=user).order_by("pk")),
        )
    )
