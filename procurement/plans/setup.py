"""What plans give to the rest of the portal, for AppConfig.ready()."""

from accounts import workspace
from accounts.jobs.kinds import Kind, register
from core import personal_data
from notifications import letters
from procurement.plans.desk import desk
from procurement.plans.letters import LETTERS
from procurement.plans.personal_data import CLASSES
from procurement.use_cases.plans import command
from procurement.use_cases.plans.jobs import APPLY, READ, apply_plan, read_plan


def contribute():
    workspace.contribute(desk)
    letters.register(*LETTERS)
    personal_data.register(*CLASSES)
    register(
        Kind(READ, read_plan, again=True),
        Kind(APPLY, apply_plan, again=True),
        # What `import_plan` does in its own process: whoever called it calls it again.
        Kind(command.KIND, None, again=False),
    )
