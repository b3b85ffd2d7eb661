"""Tables of the mark Zakup Prospołeczny."""

from quality_mark.models.applications import (
    Application,
    Call,
    Fault,
    Message,
    NumberCounter,
    Paper,
    Pause,
    Recommendation,
    Step,
    Verdict,
)
from quality_mark.models.marks import Licence, Mark, MarkStep
from quality_mark.models.rules import (
    DocumentTemplate,
    FormalCriterion,
    Intake,
    RequiredPaper,
    Rulebook,
    SubstantiveCriterion,
    SurveyQuestion,
)

__all__ = [
    "Application",
    "Call",
    "DocumentTemplate",
    "Fault",
    "FormalCriterion",
    "Intake",
    "Licence",
    "Mark",
    "MarkStep",
    "Message",
    "NumberCounter",
    "Paper",
    "Pause",
    "Recommendation",
    "RequiredPaper",
    "Rulebook",
    "Step",
    "SubstantiveCriterion",
    "SurveyQuestion",
    "Verdict",
]
