"""`plan`: what would go out until a time, to whom and why, without writing anything (R30)."""

from dataclasses import replace
from datetime import datetime

from convener.decide import forecast
from convener.model import Plan, Register
from convener.operations.workspace import Scope, Workspace, moment


def plan(workspace: Workspace, scope: str, until: datetime) -> tuple[Plan, Register]:
    """Return what *scope* would dispatch by *until* as things stand, and the register that names its people.

    What the ledger knows already is left out, and a draft is taken as if it went live now.
    """
    prepared = workspace.rules.prepared(Scope.parse(scope).of_programme)
    with workspace.store.begin() as tx:
        register = tx.load(prepared.ruleset.client, prepared.ruleset.programme)
        since = register.cursor or moment(workspace.clock, register)
        found = forecast(prepared, register, since, until)
        known = tx.known(dispatch.key for dispatch in found.dispatches)
    fresh = tuple(dispatch for dispatch in found.dispatches if dispatch.key not in known)
    return replace(found, dispatches=fresh), register
