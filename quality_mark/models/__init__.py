"""Tables of the mark Zakup Prospołeczny."""

from quality_mark.models.applications import Application, NumberCounter, Step
from quality_mark.models.assessment import Assessment, Comment, Score, Visit
from quality_mark.models.ballot_boxes import BallotBox
from quality_mark.models.checking import Call, Fault, Message, Pause, Verdict
from quality_mark.models.commission import AgendaItem, Member, Presence, Recusal, Sitting, Term
from quality_mark.models.draws import Draw
from quality_mark.models.marks import Licence, Mark, MarkStep
from quality_mark.models.papers import Paper, Recommendation
from quality_mark.models.reopenings import Reopening
from quality_mark.models.rule_parts import (
    DocumentTemplate,
    FormalCriterion,
    RequiredPaper,
    SubstantiveCriterion,
    SurveyQuestion,
)
from quality_mark.models.rules import Intake, Rulebook
from quality_mark.models.signing import Agreement, Certificate, SignDownload, SignFile
from quality_mark.models.supervision import Complaint, MisuseReport, Review, Suspension
from quality_mark.models.votes import Ballot, Vote

__all__ = [
    "AgendaItem",
    "Agreement",
    "Application",
    "Assessment",
    "Ballot",
    "BallotBox",
    "Call",
    "Certificate",
    "Comment",
    "Complaint",
    "DocumentTemplate",
    "Draw",
    "Fault",
    "FormalCriterion",
    "Intake",
    "Licence",
    "Mark",
    "MarkStep",
    "Member",
    "Message",
    "MisuseReport",
    "NumberCounter",
    "Paper",
    "Pause",
    "Presence",
    "Recommendation",
    "Recusal",
    "Reopening",
    "RequiredPaper",
    "Review",
    "Rulebook",
    "Score",
    "SignDownload",
    "SignFile",
    "Sitting",
    "Step",
    "SubstantiveCriterion",
    "SurveyQuestion",
    "Suspension",
    "Term",
    "Verdict",
    "Visit",
    "Vote",
]
