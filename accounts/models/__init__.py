from accounts.models.consents import Consent, ConsentDocument
from accounts.models.erasure import ErasureRequest, RetentionReport
from accounts.models.roles import RoleGrant
from accounts.models.trail import TrailEntry
from accounts.models.users import User

__all__ = ["Consent", "ConsentDocument", "ErasureRequest", "RetentionReport", "RoleGrant", "TrailEntry", "User"]
