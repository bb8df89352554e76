"""The picture of a rehearsed year: a calendar heat map as SVG, or a page with it and everything that goes out."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from convener.decide.moments.timing import local
from convener.durable import write_whole
from convener.errors import UsageError
from convener.operations.simulate.digest import Day, Simulation
from convener.operations.workspace import Workspace
from convener.reporting.calendar import Calendar, calendar_of
from convener.reporting.calendar_panel import panel_of

TEMPLATES = {".svg": "simulation-calendar", ".html": "simulation"}
"""Template by the ending of the file."""
MOST = 12
"""How many people are named of those who get most."""


def refuse_ending(path: Path) -> None:
    """Raise UsageError unless *path* ends as a picture does."""
    if path.suffix not in TEMPLATES:
        raise UsageError(f"{path.name!r} is no picture", hint=f"let it end in {' or '.join(TEMPLATES)}")


def write_picture(workspace: Workspace, path: Path, found: Simulation) -> None:
    """Write the picture of *found* to *path*, whole or not at all; raise UsageError for an unknown ending."""
    refuse_ending(path)
    ruleset = workspace.rules.ruleset(found.scope)
    context = picture_context(found)
    text = workspace.renderer.page(TEMPLATES[path.suffix], context, zone=ruleset.zone, locale=ruleset.locale)
    write_whole(path, text.strip().encode() + b"\n")


def calendar(found: Simulation) -> Calendar:
    """Return *found* as a calendar of messages by day."""
    counts = {day.date: len(day.dispatches) for day in found.days}
    sessions = {day.date: len(day.sessions) for day in found.days}
    return calendar_of(_span(found), counts, sessions, found.holidays)


def picture_context(found: Simulation) -> dict[str, object]:
    """Return everything the templates need; strings are not escaped yet."""
    first, last = _span(found)
    return {
        "lang": "en",
        "title": f"{found.title}, {found.scope}",
        "described": described(found),
        "span": f"{_day(first)} to {_day(last)}",
        "seed": "" if found.seed is None else str(found.seed),
        "panel": panel_of(calendar(found), found.holidays),
        "totals": totals(found),
        "automations": found.by_automation().most_common(),
        "channels": found.by_channel().most_common(),
        "people": found.by_person().most_common(MOST),
        "days": [_shown(found, day) for day in found.days],
        "standing": [(flag.severity, flag.text) for flag in found.standing],
    }


def totals(found: Simulation) -> list[tuple[str, str]]:
    """Return the figures of the whole stretch, each with its name."""
    counts = Counter[str]()
    for day in found.days:
        counts["messages"] += len(day.dispatches)
        counts["sessions"] += len(day.sessions)
        counts["flags raised"] += len(day.flags)
        counts["refused"] += len(day.refused)
        counts["held for a person"] += len(day.held)
        counts["called off"] += len(day.called_off)
        counts["too late"] += len(day.missed)
    always = ("messages", "sessions", "flags raised")
    shown = [(name, f"{count:,}") for name, count in counts.items() if count or name in always]
    busiest = found.busiest()
    return [*shown, ("busiest day", f"{_day(busiest.date)}, {len(busiest.dispatches)}")] if busiest else shown


def described(found: Simulation) -> str:
    """Say in one line what goes out and when most does."""
    first, last = _span(found)
    count, busiest = sum(len(day.dispatches) for day in found.days), found.busiest()
    most = f", {len(busiest.dispatches)} of them on {_day(busiest.date)}" if busiest else ""
    sessions = sum(len(day.sessions) for day in found.days)
    span = f"{_day(first)} to {_day(last)}"
    return f"{span}: {count:,} messages{most}; {sessions} sessions. A rehearsal; nothing was sent."


def _span(found: Simulation) -> tuple[date, date]:
    return local(found.since, found.zone).date(), local(found.until, found.zone).date()


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _shown(found: Simulation, day: Day) -> dict[str, object]:
    """Return one day of the digest: messages by automation and channel with recipients, and what else happened."""
    return {
        "date": f"{day.date:%a} {_day(day.date)}",
        "holiday": found.holidays.get(day.date, ""),
        "count": len(day.dispatches),
        "groups": [(*named, sum(people.values()), people) for named, people in _groups(found, day).items()],
        "sessions": [session.partition("/")[2] for session in day.sessions],
        "happenings": day.happenings,
        "notes": day.notes,
        "refused": day.refused,
        "flags": [(flag.severity, flag.text) for flag in day.flags],
        "settled": [flag.text for flag in day.settled],
        "held": len(day.held),
        "missed": len(day.missed),
        "called_off": len(day.called_off),
    }


def _groups(found: Simulation, day: Day) -> Mapping[tuple[str, str, str], Counter[str]]:
    """Return who gets what how often, by automation, message and channel."""
    groups: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for dispatch in day.dispatches:
        person = found.people.get(dispatch.recipient)
        key = (dispatch.automation, dispatch.what, dispatch.channel)
        groups[key][person.email if person else dispatch.recipient] += 1
    return groups
