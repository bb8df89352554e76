"""`plan`: what would go out until a time, to whom and why, without writing anything (R30)."""

from datetime import datetime

from convener.decide import forecast
from convener.model import Plan, Register
from convener.operations.workspace import Scope, Workspace, moment


def plan(workspace: Workspace, scope: str, until: datetime) -> tuple[Plan, Register]:
    """Return what *scope* would dispatch by *until* as things stand, and the register that names its people."""
    prepared = workspace.rules.prepared(Scope.parse(scope).of_programme)
    with workspace.store.begin() as tx:
        register = tx.load(prepared.ruleset.client, prepared.ruleset.programme)
    since = register.cursor or moment(workspace.clock, register)
    return forecast(prepared, register, since, until), register
