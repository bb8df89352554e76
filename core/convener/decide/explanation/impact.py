"""What a rule on trial would have done: on which days, over whom, and what it would have refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from convener.decide.explanation.answers import Impact, Stretch
from convener.decide.explanation.rules import rule_of
from convener.decide.findings import Finding, Ground, ground_of
from convener.decide.moments.timing import local, wall
from convener.decide.prepared import Prepared
from convener.decide.watch.breaches import is_measurable, measured
from convener.errors import UsageError
from convener.model import Event, Register

DAY = timedelta(days=1)
LONGEST = 800
"""Days one question may look over."""
ALTERING = frozenset(
    {
        "participant.withdrawn", "participant.seconded", "participant.returned", "participant.moved",
        "participant.promoted", "manager.changed", "pods.accepted", "coach.changed", "session.confirmed",
        "session.moved", "session.cancelled", "programme.live",
    }
)  # fmt: skip
"""Events by which somebody altered the register: what an inflexible rule may refuse."""
ONLY_BREAKS = {
    "manager.changed": frozenset({"apart", "require"}),
    "participant.promoted": frozenset({"same", "mix", "similar", "apart", "require"}),
}
"""Events that only rules of some kinds can stand against; the others all."""
LEAVING = frozenset({"participant.withdrawn", "participant.seconded"})
"""Those by which people leave; nobody is refused to."""
SCHEDULING = frozenset({"session.confirmed", "session.moved"})
"""Those that give a session its time."""
LATE = time(23, 59)
"""The hour at which a day is looked at: all of it has happened."""


def impact(prepared: Prepared, register: Register, rule: str, since: date, until: date) -> Impact:
    """Return over whom and when *rule* would have blocked from *since* to *until*, both days included.

    Each day is looked at as the register has it now, waivers aside: an inflexible rule has none. Raise UsageError for
    a rule that is not there or that no subject can break, and for days in the wrong order or too many of them.
    """
    found = rule_of(prepared.ruleset, rule)
    if not is_measurable(prepared, found):
        raise UsageError(f"rule {rule!r} ({found.kind}) is not one that a person, pod or session can break")
    if not timedelta() <= until - since <= LONGEST * DAY:
        raise UsageError(f"from {since} to {until} is not a stretch of at most {LONGEST} days")
    strict = replace(found, inflexible=True, audited=False)
    running: dict[tuple[str, str, str], Stretch] = {}
    done: list[Stretch] = []
    for day in (since + count * DAY for count in range((until - since).days + 1)):
        ground = ground_of(prepared, register, wall(day, LATE, prepared.ruleset.zone), day=day)
        today = {each.key: each for each in measured(ground, strict) if _counts(ground, each)}
        done += [running.pop(key) for key in list(running) if key not in today]
        for key, each in today.items():
            known = running.get(key)
            running[key] = replace(known, until=day) if known else _begun(ground, each)
    found_all = sorted((*done, *running.values()), key=lambda each: (each.since, each.subject, each.text))
    return Impact(rule=rule, since=since, until=until, stretches=tuple(found_all))


def _counts(ground: Ground, found: Finding) -> bool:
    """Tell whether *found* could have blocked anything on the day: it was known by then, and not over yet."""
    if not found.is_open or (found.ends is not None and found.ends <= ground.at):
        return False
    session = ground.register.sessions.get(found.subject)
    if session is None:
        return True
    named = [event for event in ground.register.events if event.subject == session.id and event.name in SCHEDULING]
    return not named or named[-1].at <= ground.at


def _begun(ground: Ground, found: Finding) -> Stretch:
    return Stretch(
        subject=found.subject,
        since=ground.day,
        until=ground.day,
        text=found.said,
        refused=tuple(_refused(ground, found)),
    )


def _refused(ground: Ground, found: Finding) -> Iterator[str]:
    """Yield the alterations of the day that *found* follows from and that would have been refused."""
    zone = ground.ruleset.zone
    for event in ground.register.events:
        if event.name not in ALTERING or _day(event, zone) != ground.day:
            continue
        if found.from_leaving and event.name in LEAVING:
            continue
        if found.rule.kind not in ONLY_BREAKS.get(event.name, {found.rule.kind}):
            continue
        if found.names & set(_names(ground, event)):
            yield f"{event.name}: {ground.name(event.person) if event.person else event.subject}"


def _day(event: Event, zone: str) -> date:
    """Return the day from which *event* holds."""
    return date.fromisoformat(event.data["on"]) if "on" in event.data else local(event.at, zone).date()


def _names(ground: Ground, event: Event) -> Iterator[str]:
    """Yield everything *event* touches, as findings name it: its person, and the pods that person joins or leaves."""
    register, day = ground.register, ground.day
    yield event.subject
    if event.person:
        yield from (event.person, ground.address(event.person))
    yield from (row.pod for row in register.memberships if row.person == event.person and day in (row.since, row.until))
    if event.name in ("manager.changed", "participant.promoted", "participant.returned"):
        yield from (pod for pod, people in ground.members.items() if event.person in people)
    if event.name in ("pods.accepted", "programme.live"):
        yield from register.pods
    session = register.sessions.get(event.subject)
    if session is not None:
        yield session.pod
