"""A rehearsed year on the terminal: the calendar, the digest and the totals; and as JSON."""

from collections import Counter
from collections.abc import Iterator

from convener.cli.face import Face, counted
from convener.cli.heatmap import heatmap
from convener.cli.shapes import address, dispatch_shape, flag_shape, instant_shape
from convener.cli.tables import console_of, show_table
from convener.model import Event
from convener.operations.simulate import Day, Simulation, calendar, totals

MOST = 10
"""How many people are named of those who get most."""
NAMED = 4
"""How many automations of a day are named."""


def print_simulation(face: Face, found: Simulation) -> None:
    """Print the calendar, the digest day by day and the totals on stdout."""
    console = console_of(face)
    title = f"{found.scope}, a rehearsal: nothing here has happened"
    console.print(title, style="bold")
    for line in heatmap(calendar(found), console):
        console.print(line, soft_wrap=True)
    console.print()
    show_table(face, "Day by day", ("day", "sent", "messages", "what else"), _digest(found))
    show_table(face, "By automation", ("automation", "messages"), found.by_automation().most_common())
    show_table(face, "By channel", ("channel", "messages"), found.by_channel().most_common())
    show_table(face, "Who gets most", ("person", "messages"), found.by_person().most_common(MOST))
    if found.standing:
        flags = ((flag.severity, flag.subject, flag.text) for flag in found.standing)
        show_table(face, "Flags that stand at the end", ("severity", "about", "what"), flags)
    show_table(face, "In all", ("what", "how many"), totals(found))


def _digest(found: Simulation) -> Iterator[tuple[str, str, str, str]]:
    for day in found.days:
        automations = Counter(dispatch.automation for dispatch in day.dispatches).most_common()
        named = ", ".join(f"{name} {count}" for name, count in automations[:NAMED])
        more = f" and {counted(len(automations) - NAMED, 'other')}" if len(automations) > NAMED else ""
        when = f"{day.date:%a} {day.date.day:2} {day.date:%b %Y}"
        yield when, str(len(day.dispatches) or ""), f"{named}{more}", "; ".join(_else(day, found))


def _else(day: Day, found: Simulation) -> Iterator[str]:
    """Yield what else happened on a day, the gravest first."""
    yield from (f"REFUSED {text}" for text in day.refused)
    if day.held:
        yield f"{len(day.held)} HELD"
    if day.date in found.holidays:
        yield found.holidays[day.date]
    if day.sessions:
        yield f"session {', '.join(_short(session) for session in day.sessions)}"
    yield from day.happenings
    yield from (f"flag: {flag.text}" for flag in day.flags)
    yield from (f"settled: {flag.text}" for flag in day.settled)
    for count, words in ((len(day.missed), "too late"), (len(day.called_off), "called off")):
        if count:
            yield f"{count} {words}"
    yield from (f"note: {note}" for note in day.notes)


def _short(session: str) -> str:
    """Return a session without its programme: `tyneside/3`."""
    return session.partition("/")[2]


def shape(found: Simulation) -> dict[str, object]:
    """Return the JSON shape of *found*."""
    busiest = found.busiest()
    return {
        "scope": found.scope,
        "from": instant_shape(found.since, found.zone),
        "to": instant_shape(found.until, found.zone),
        "seed": found.seed,
        "days": [_day_shape(day, found) for day in found.days],
        "totals": {
            "dispatches": sum(len(day.dispatches) for day in found.days),
            "sessions": sum(len(day.sessions) for day in found.days),
            "flags": sum(len(day.flags) for day in found.days),
            "missed": sum(len(day.missed) for day in found.days),
            "held": sum(len(day.held) for day in found.days),
            "called_off": sum(len(day.called_off) for day in found.days),
            "refused": sum(len(day.refused) for day in found.days),
            "by_automation": _counts(found.by_automation(), "automation"),
            "by_channel": _counts(found.by_channel(), "channel"),
            "by_person": _counts(found.by_person(), "person"),
            "busiest_day": busiest.date.isoformat() if busiest else None,
        },
        "standing": [flag_shape(flag, found.zone) for flag in found.standing],
    }


def _counts(counts: Counter[str], name: str) -> list[dict[str, object]]:
    """Return *counts* as a list, the most first."""
    return [{name: each, "dispatches": count} for each, count in counts.most_common()]


def _day_shape(day: Day, found: Simulation) -> dict[str, object]:
    return {
        "date": day.date.isoformat(),
        "dispatches": [dispatch_shape(dispatch, found.people, found.zone) for dispatch in day.dispatches],
        "flags": [flag_shape(flag, found.zone) for flag in day.flags],
        "events": [_event_shape(event, found) for event in day.events],
        "settled": [flag.id for flag in day.settled],
        "missed": [dispatch_shape(dispatch, found.people, found.zone) for dispatch in day.missed],
        "held": [{"key": key, "rule": rule} for key, rule in day.held.items()],
        "called_off": [dispatch.key for dispatch in day.called_off],
        "sessions": list(day.sessions),
        "happenings": list(day.happenings),
        "notes": list(day.notes),
        "refused": list(day.refused),
    }


def _event_shape(event: Event, found: Simulation) -> dict[str, object]:
    return {
        "id": event.id,
        "name": event.name,
        "subject": event.subject,
        "person": address(found.people, event.person),
        "at": instant_shape(event.at, found.zone),
    }
