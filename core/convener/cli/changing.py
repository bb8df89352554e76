"""How a change to the register is told, wherever it was asked for."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from convener.cli.face import Face, counted
from convener.cli.moments import shown
from convener.cli.outlook import what, whom
from convener.cli.shapes import address, flag_shape, instant_shape
from convener.cli.tables import show_table
from convener.model import Dispatch, Flag
from convener.operations.change import ChangeReport
from convener.operations.difference import GROUPS, Difference


def print_change(face: Face, report: ChangeReport) -> None:
    """Print what *report* did, or would do, as JSON or in words."""
    if face.json:
        face.data(shape(report))
        return
    for note in report.notes:
        face.say(f"note: {note}")
    if report.difference is not None:
        print_difference(face, report, report.difference)
        return
    for event in report.events:
        face.say(f"{event.name}: {event.subject}")
    face.say(f"done; {counted(len(report.called_off), 'planned message')} called off")


def print_difference(face: Face, report: ChangeReport, found: Difference) -> None:
    """Print what would go out and be flagged otherwise, group by group, on the programme's clock."""
    columns = ("", "due", "automation", "what", "to", "about")
    show_table(face, "What would go out differently", columns, rows(report, found))
    flags = [*told("raised", found.raised), *told("settled", found.settled), *told("reworded", found.reworded)]
    if flags:
        show_table(face, "Needs a human", ("", "severity", "about", "what"), flags)
    groups = [f"{name}: {len(dispatches)}" for name, dispatches in found.groups.items()]
    face.say("; ".join([*groups, f"until {shown(found.until, report.zone)}; nothing has changed"]))
    if report.called_off:
        face.say(f"{counted(len(report.called_off), 'message')} in the ledger would be called off, or planned anew")


def rows(report: ChangeReport, found: Difference) -> Iterator[tuple[str, ...]]:
    """Yield a line for each time, automation and subject, the name of its group on the first of a group."""
    for name, dispatches in found.groups.items():
        ordered = sorted(dispatches, key=lambda one: (one.due, *place(one)))
        for at, (_, few) in enumerate(groupby(ordered, key=place)):
            together = list(few)
            one = together[0]
            addresses = [address(report.people, each.recipient) or "" for each in together]
            due = shown(one.due, report.zone)
            yield "" if at else name, due, one.automation, what(one), whom(addresses), one.subject


def place(dispatch: Dispatch) -> tuple[str, ...]:
    """Return what dispatches have in common that share a line."""
    return dispatch.due.isoformat(), dispatch.automation, dispatch.step, dispatch.subject


def told(what: str, flags: Iterable[Flag]) -> Iterator[tuple[str, ...]]:
    """Yield a line for each of *flags*, which are all *what*."""
    return ((what, flag.severity, flag.subject, flag.text) for flag in flags)


def shape(report: ChangeReport) -> dict[str, object]:
    """Return the JSON shape of *report*; lists of dispatches are of their keys."""
    found = report.difference
    return {
        "events": [{"id": event.id, "name": event.name, "subject": event.subject} for event in report.events],
        "notes": list(report.notes),
        "called_off": len(report.called_off),
        "appearing": keys(found.appearing if found else ()),
        "disappearing": keys(found.disappearing if found else ()),
        "altered": keys(found.altered if found else ()),
        "until": instant_shape(found.until if found else None, report.zone),
        "groups": {name.replace(" ", "_"): keys(found.groups.get(name, ()) if found else ()) for name in GROUPS},
        "raised": flags_shape(found.raised if found else (), report),
        "settled": flags_shape(found.settled if found else (), report),
    }


def keys(dispatches: Iterable[Dispatch]) -> list[str]:
    """Return the keys of *dispatches*."""
    return [dispatch.key for dispatch in dispatches]


def flags_shape(flags: Iterable[Flag], report: ChangeReport) -> list[dict[str, object]]:
    """Return *flags* as JSON, on the programme's clock."""
    return [flag_shape(flag, report.zone) for flag in flags]
