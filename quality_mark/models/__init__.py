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
from quality_mark.models.signing import Agreement, Certificate, SignDownload, SignFile
from quality_mark.models.supervision import Complaint, MisuseReport, Review, Suspension

__all__ = [
    "Agreement",
    "Application",
    "Call",
    "Certificate",
    "Complaint",
    "DocumentTemplate",
    "Fault",
    "FormalCriterion",
    "Intake",
    "Licence",
    "Mark",
    "MarkStep",
    "Message",
    "MisuseReport",
    "NumberCounter",
    "Paper",
    "Pause",
    "Recommendation",
    "RequiredPaper",
    "Review",
    "Rulebook",
    "SignDownload",
    "SignFile",
    "Step",
    "SubstantiveCriterion",
    "SurveyQuestion",
    "Suspension",
    "Verdict",
]
