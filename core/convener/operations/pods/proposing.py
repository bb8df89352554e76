"""`pods propose` and `pods show`: plan pods and keep the plan until somebody accepts it (R6 to R9)."""

from collections.abc import Mapping
from dataclasses import dataclass

from convener.model import Conflict, PodProposal, Register
from convener.operations import proposals
from convener.operations.pods.standing import proposed, standing
from convener.operations.workspace import Workspace
from convener.planning import propose_pods
from convener.planning.effort import Effort
from convener.rulesets.ruleset import Ruleset


def propose(
    workspace: Workspace, scope: str, *, effort: Effort | None = None, reform: bool = False, moves: int | None = None
) -> PodProposal:
    """Plan the pods of *scope* and keep the proposal; raise InvalidError naming the rules that cannot all hold.

    With *reform* the pods of today are mended, at most *moves* people change theirs. Until the search has ended the
    last proposal stays, whatever becomes of this one.
    """
    with workspace.store.begin() as tx:
        now = standing(tx, workspace, scope)
    ruleset = now.ruleset
    found = propose_pods(
        ruleset, now.register, day=now.day, commitments=now.commitments,
        answered=_coaches_who_answered(workspace, ruleset), reform=reform, moves=moves, effort=effort,
    )  # fmt: skip
    if isinstance(found, Conflict):
        raise proposals.impossible(found, ruleset)
    with workspace.store.begin() as tx:
        proposals.keep(tx, ruleset.scope, "pods", found, at=workspace.clock.now())
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The last proposal, with what is needed to look at it."""

    proposal: PodProposal
    register: Register
    """The register that names its people."""
    costs: Mapping[str, Mapping[str, int]]
    """What each pod, by its id, costs by each rule that it falls short of; 0 for an inflexible one."""


def show(workspace: Workspace, scope: str) -> Shown:
    """Return the last proposal; raise UsageError when there is none."""
    with workspace.store.begin() as tx:
        now = standing(tx, workspace, scope)
        proposal = proposed(tx, now)
    return Shown(proposal=proposal, register=now.register, costs=now.measured(proposal).costs)


def previous(workspace: Workspace, scope: str) -> PodProposal | None:
    """Return what a new proposal is compared with: the last one, or else the pods of today; None for neither."""
    with workspace.store.begin() as tx:
        now = standing(tx, workspace, scope)
        return proposals.known(tx, now.ruleset.scope, "pods", PodProposal) or now.present()


def _coaches_who_answered(workspace: Workspace, ruleset: Ruleset) -> frozenset[str] | None:
    """Return ids of coaches with at least one date they can make; None when nobody answered a dates poll yet."""
    table = workspace.dates_answers(ruleset)
    if table is None:
        return None
    address = table.header[0]
    return frozenset(
        row.values[address]
        for row in table.rows
        if any(value not in ("", "no") for value in list(row.values.values())[1:])
    )
