from accounts.models.consents import Consent, ConsentDocument
from accounts.models.erasure import ErasureRequest, RetentionReport
from accounts.models.invitations import Invitation
from accounts.models.jobs import Job
from accounts.models.roles import RoleGrant
from accounts.models.trail import TrailEntry
from accounts.models.users import User

__all__ = [
    "Consent",
    "ConsentDocument",
    "ErasureRequest",
    "Invitation",
    "Job",
    "RetentionReport",
    "RoleGrant",
    "TrailEntry",
    "User",
]
