from accounts.models.jobs import Job
from accounts.models.roles import RoleGrant
from accounts.models.trail import TrailEntry
from accounts.models.users import User

__all__ = ["Job", "RoleGrant", "TrailEntry", "User"]
