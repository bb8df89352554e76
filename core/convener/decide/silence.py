"""Automations that should be heard from time to time, and were not: `expect_every`."""

import shlex
from dataclasses import dataclass
from datetime import datetime, timedelta

from convener.decide.moments.timing import local, shifted
from convener.decide.prepared import Prepared
from convener.model import Flag, Plan, ProgrammeState, Register
from convener.model.traffic import Traffic
from convener.rulesets.ruleset import Automation, Ruleset


@dataclass(frozen=True, slots=True)
class Silences:
    """Which automations are silent, and when the next one will be."""

    flags: tuple[Flag, ...] = ()
    next: datetime | None = None


def silences(prepared: Prepared, register: Register, plan: Plan, traffic: Traffic) -> Silences:
    """Return the automations of which nothing has gone out for longer than they say, at the end of *plan*.

    Before the first dispatch the time counts from when the programme went live.
    """
    live = register.live_since
    if register.state is not ProgrammeState.LIVE or live is None:
        return Silences()
    now, zone = plan.until, prepared.ruleset.zone
    last = dict(traffic.last)
    for dispatch in plan.dispatches:
        last[dispatch.automation] = max(dispatch.due, last.get(dispatch.automation, dispatch.due))
    flags: list[Flag] = []
    ahead: list[datetime] = []
    for automation in prepared.ruleset.automations.values():
        if automation.expect_every is None:
            continue
        heard = max(last.get(automation.id, live), live)
        ends = shifted(heard, automation.expect_every, 1, zone, prepared.holidays)
        if ends < now:
            flags.append(_flag(prepared.ruleset, register, automation, (heard, ends)))
        else:
            ahead.append(ends + timedelta(seconds=1))
    return Silences(tuple(flags), min(ahead, default=None))


def _flag(ruleset: Ruleset, register: Register, automation: Automation, silent: tuple[datetime, datetime]) -> Flag:
    heard, since = silent
    day = local(heard, ruleset.zone).date()
    who = _anyone(ruleset, register, automation)
    words = ("convener", "explain", "automation", automation.id, who, "--scope", ruleset.scope)
    return Flag(
        id=f"{ruleset.scope}/{automation.id}/silent",
        severity="medium",
        client=ruleset.client,
        programme=ruleset.programme,
        subject=ruleset.programme,
        since=since,
        text=f"automation {automation.id} has sent nothing since {day}, expected every {automation.expect_every}",
        settle=shlex.join(words),
    )


def _anyone(ruleset: Ruleset, register: Register, automation: Automation) -> str:
    """Return somebody to ask about, for whom it could have been: an address."""
    rows = {
        "sponsor": [sponsor.email for sponsor in ruleset.sponsors],
        "manager": [row.manager for row in register.managements],
        "coach": [row.coach for row in register.coachings],
    }
    people = sorted(rows.get(automation.for_each) or [row.person for row in register.enrolments])
    found = people[0] if people else ruleset.programme
    known = register.people.get(found)
    return known.email if known else found
