"""Going live: a draft becomes what messages go out of, unless an inflexible requirement is not met."""

from dataclasses import replace
from datetime import datetime, timedelta

from convener.decide.changes.draft import Changed
from convener.decide.prepared import Prepared
from convener.decide.watch.requirements import unmet
from convener.errors import RefusedError, UsageError
from convener.model import ProgrammeState, Register, event_of


def go_live(prepared: Prepared, register: Register, at: datetime) -> Changed:
    """Return *register* live from *at*; raise UsageError when it is not a draft or has no pods.

    Raise RefusedError naming an inflexible `require` rule that somebody does not meet (R27).
    """
    scope = prepared.ruleset.scope
    if register.state is not ProgrammeState.DRAFT:
        raise UsageError(f"{scope} is {register.state} already")
    if not register.pods:
        raise UsageError(f"{scope} has no pods yet", hint=f"run: convener pods propose {scope}")
    _refuse_unmet(prepared, register, at)
    after = replace(register, state=ProgrammeState.LIVE, cursor=at - timedelta(microseconds=1))
    return Changed(register=after, events=(event_of("programme.live", scope, register.programme, at=at),))


def _refuse_unmet(prepared: Prepared, register: Register, at: datetime) -> None:
    """Raise RefusedError when an inflexible `require` rule does not hold for everyone."""
    broken = unmet(prepared, register, at)
    if not broken:
        return
    whom: dict[str, list[str]] = {}
    for found in broken:
        whom.setdefault(found.rule.id, []).append(_named(register, found.subject))
    text = "; ".join(f"rule {rule} does not hold for {', '.join(names)}" for rule, names in whom.items())
    raise RefusedError(text, rules=tuple(whom), hint=broken[0].rule.why)


def _named(register: Register, subject: str) -> str:
    return register.people[subject].email if subject in register.people else subject
