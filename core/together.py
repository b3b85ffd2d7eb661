"""Tables laid in one go: what a migration of a hundred models would take half a minute for."""

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger


class Together(Operation):
    """New models and their triggers as one operation: Together([CreateModel(…), AddTrigger(…)]).

    After each operation Django draws anew every model that is related to the changed one, and here all are related.
    What only adds models can be carried out with the last state, drawn once. Anything that changes a model which the
    database has already (AddField, RunPython) stands outside: it would meet columns from later on.
    """

    def __init__(self, operations):
        assert all(isinstance(operation, CreateModel | AddTrigger) for operation in operations)  # noqa: S101
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        # Going back, the first state is the one with the models. Tables take their triggers with them.
        for operation in reversed(self.operations):
            if isinstance(operation, CreateModel):
                operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Create {sum(isinstance(operation, CreateModel) for operation in self.operations)} models together"
