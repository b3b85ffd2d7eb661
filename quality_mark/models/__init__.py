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
from quality_mark.models.assessment import Assessment, Comment, Score, Visit
from quality_mark.models.commission import AgendaItem, Member, Presence, Recusal, Sitting, Term
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
from quality_mark.models.votes import Ballot, Vote

__all__ = [
    "AgendaItem",
    "Application",
    "Assessment",
    "Ballot",
    "Call",
    "Comment",
    "DocumentTemplate",
    "Fault",
    "FormalCriterion",
    "Intake",
    "Licence",
    "Mark",
    "MarkStep",
    "Member",
    "Message",
    "NumberCounter",
    "Paper",
    "Pause",
    "Presence",
    "Recommendation",
    "Recusal",
    "RequiredPaper",
    "Rulebook",
    "Score",
    "Sitting",
    "Step",
    "SubstantiveCriterion",
    "SurveyQuestion",
    "Term",
    "Verdict",
    "Visit",
    "Vote",
]
