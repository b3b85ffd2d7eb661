"""Rules in versions: the first one comes with the portal as a draft, later ones are copies that are changed."""

from django.db import transaction
from django.db.models import Max
from django.forms.models import model_to_dict
from django.utils import timezone

from core.exceptions import Refused
from quality_mark.choices import DocumentKind
from quality_mark.models import (
    DocumentTemplate,
    FormalCriterion,
    Intake,
    RequiredPaper,
    Rulebook,
    SubstantiveCriterion,
    SurveyQuestion,
)

PARTS = (FormalCriterion, SubstantiveCriterion, RequiredPaper, SurveyQuestion, DocumentTemplate)
# What the published sources of the mark do not say, and the portal had to assume.
ASSUMED = """formal_days correction_days assessment_days warning_days working_days signing_days complaint_days
complaint_body hearing_days suspension_days silence assessors divergence pass_share quorum_share
majority_share tie votes_secretly assessors_vote asks_opinion remote_hours valid_while_renewed
renewal_is_short reminder_days takes_typed_declaration substantivecriterion surveyquestion documenttemplate""".split()
# Without these nothing can be decided under the rules, and once they are announced none can be added.
NEEDED = (DocumentKind.DECISION, DocumentKind.REFUSAL, DocumentKind.MINUTES)
REMINDERS = [60, 30, 14]


@transaction.atomic
def load(rows):
    """The first version, from the rows of data/quality_mark/rules.csv, as a draft. What is there stays."""
    rows = list(rows)
    if Rulebook.objects.exists():
        return len(rows)
    rulebook = Rulebook.objects.create(
        version=1,
        title="Zasady przyznawania znaku „Zakup Prospołeczny”",
        valid_from=timezone.localdate(),
        assumed=ASSUMED,
        reminder_days=REMINDERS,
    )
    for position, row in enumerate(rows, 1):
        model, values = _READERS[row["part"]](row, row["options"].split())
        order = {} if model is DocumentTemplate else {"position": position}
        model.objects.create(rulebook=rulebook, **values, **order)
    return len(rows)


@transaction.atomic
def copy(*, rulebook_id, valid_from):
    """A draft of the next version, the same in every part. Returns it."""
    old = Rulebook.objects.get(pk=rulebook_id)
    values = {
        field.attname: getattr(old, field.attname) for field in Rulebook._meta.concrete_fields if not field.primary_key
    }
    new = Rulebook.objects.create(
        **values | {"version": next_version(), "valid_from": valid_from, "published_at": None}
    )
    for model in PARTS:
        lines = [model_to_dict(line, exclude=["id", "rulebook"]) for line in model.objects.filter(rulebook=old)]
        model.objects.bulk_create(model(rulebook=new, **line) for line in lines)
    return new


def next_version():
    return 1 + (Rulebook.objects.aggregate(last=Max("version"))["last"] or 0)


@transaction.atomic
def announce(*, rulebook_id, now):
    """From now on this version is never changed. Refused without what an application needs."""
    rulebook = Rulebook.objects.select_for_update().get(pk=rulebook_id)
    if rulebook.published_at:
        return rulebook
    for model in (FormalCriterion, SubstantiveCriterion):
        if not model.objects.filter(rulebook=rulebook).exists():
            raise Refused(f"Zasady nie mają jeszcze części: {model._meta.verbose_name_plural}.")
    there = set(rulebook.templates.values_list("kind", flat=True))
    if lacking := [kind.label for kind in NEEDED if kind not in there]:
        raise Refused(f"Zasady nie mają wzorów, bez których sprawy nie da się zakończyć: {', '.join(lacking)}.")
    rulebook.published_at = now
    rulebook.save(update_fields=["published_at"])
    return rulebook


@transaction.atomic
def announce_intake(*, intake_id, now):
    """From now on applicants see it, and begin applications in its days."""
    intake = Intake.objects.select_for_update().get(pk=intake_id)
    if intake.announced_at is None:
        intake.announced_at = now
        intake.save(update_fields=["announced_at"])
    return intake


def _question(row, options):
    is_required = "required" in options
    [answer] = [option for option in options if option != "required"]
    return SurveyQuestion, {
        "code": row["code"],
        "label": row["title"],
        "help_text": row["text"],
        "answer": answer,
        "is_required": is_required,
    }


def _part(row):
    return {"code": row["code"], "title": row["title"], "help_text": row["text"]}


_READERS = {
    "formal": lambda row, options: (FormalCriterion, _part(row) | {"computed": "".join(options)}),
    "substantive": lambda row, options: (
        SubstantiveCriterion,
        _part(row) | {"scale": int(row["number"]), "weight": int(options[0])},
    ),
    "paper": lambda row, options: (
        RequiredPaper,
        _part(row) | {"is_required": "required" in options, "for_renewal": "renewal" in options},
    ),
    "question": _question,
    "template": lambda row, options: (
        DocumentTemplate,
        {"kind": row["code"], "title": row["title"], "body": row["text"]},
    ),
}
