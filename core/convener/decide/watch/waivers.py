"""Waivers that need a look: those that lift nothing, and those that end while they still lift something (P17)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from convener.decide.findings import Finding, Ground
from convener.decide.moments.timing import wall
from convener.decide.rulings import covers
from convener.decide.watch.breaches import is_measurable
from convener.rulesets.ruleset import Rule, Ruleset, Waiver

IDLE = timedelta(days=14)
"""How long a waiver may be in force and lift nothing before somebody hears of it."""
SOON = timedelta(days=7)
"""How long before a waiver ends somebody hears of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverNotice:
    """What is to be told of one waiver."""

    waiver: Waiver
    subject: str
    """Id of the person, pod or session it is for."""
    severity: str
    text: str


def waiver_notices(ground: Ground, found: Sequence[Finding]) -> Iterator[WaiverNotice]:
    """Yield what is to be told of each waiver in force on the day; *found* is all that breaks rules, or may."""
    for waiver in ground.ruleset.waivers.values():
        rule = ground.ruleset.rules.get(waiver.rule)
        subject = _subject(ground, waiver)
        if rule is None or not subject or not waiver.since <= ground.day <= waiver.until:
            continue
        lifted = [each.text for each in found if covers(waiver, each.rule, each.names)]
        told = _told(ground, rule, waiver, lifted)
        if told:
            severity = "medium" if lifted else "low"
            yield WaiverNotice(waiver=waiver, subject=subject, severity=severity, text=told)


def waiver_turns(ruleset: Ruleset) -> Iterator[datetime]:
    """Yield the instants at which what is to be told of a waiver changes, or what it lifts counts again."""
    for waiver in ruleset.waivers.values():
        for day in (waiver.since, waiver.since + IDLE, waiver.until - SOON, waiver.until + timedelta(days=1)):
            yield wall(day, time(), ruleset.zone)


def _told(ground: Ground, rule: Rule, waiver: Waiver, lifted: Sequence[str]) -> str:
    measurable = is_measurable(ground.prepared, rule)
    named = f"waiver {waiver.id} of rule {rule.id} ({waiver.place})"
    if measurable and not lifted and ground.day - waiver.since >= IDLE:
        return f"{named} lifts nothing: the rule holds without it"
    if waiver.until - ground.day > SOON:
        return ""
    after = f", and then this counts again: {'; '.join(lifted)}" if lifted else ""
    return f"{named} ends {_when(waiver.until, ground.day)}{after}"


def _when(until: date, day: date) -> str:
    return "today" if until == day else f"on {until}"


def _subject(ground: Ground, waiver: Waiver) -> str:
    """Return the id of whom or what *waiver* is for; empty for somebody of another programme."""
    (word, name), *_ = waiver.subject.items()
    register = ground.register
    if word == "participant":
        person = register.by_email(name)
        return person.id if person is not None and person.id in ground.index.enrolments else ""
    known = register.pods if word == "pod" else register.sessions
    return next((each for each in known if each.casefold() == name.casefold()), "")
