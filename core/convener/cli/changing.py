"""How a change to the register is told, wherever it was asked for."""

from convener.cli.face import Face
from convener.cli.moments import shown
from convener.cli.shapes import address
from convener.cli.tables import show_table
from convener.model import Dispatch
from convener.operations.change import ChangeReport


def print_change(face: Face, report: ChangeReport) -> None:
    """Print what *report* did, or would do, as JSON or in words."""
    if face.json:
        face.data(shape(report))
        return
    for note in report.notes:
        face.say(f"note: {note}")
    if face.dry_run:
        rows = [row("new", dispatch, report) for dispatch in report.appearing]
        rows += [row("gone", dispatch, report) for dispatch in report.disappearing]
        show_table(face, "What would go out differently", ("", "due", "what", "to", "about"), rows)
        return
    for event in report.events:
        face.say(f"{event.name}: {event.subject}")
    face.say(f"done; {report.called_off} planned messages called off")


def row(sign: str, dispatch: Dispatch, report: ChangeReport) -> tuple[str | None, ...]:
    """Return one line of the difference, its time on the programme's wall clock."""
    whom = address(report.people, dispatch.recipient)
    return sign, shown(dispatch.due, report.zone), dispatch.step, whom, dispatch.subject


def shape(report: ChangeReport) -> dict[str, object]:
    """Return the JSON shape of *report*."""
    return {
        "events": [{"id": event.id, "name": event.name, "subject": event.subject} for event in report.events],
        "notes": list(report.notes),
        "called_off": report.called_off,
        "appearing": [dispatch.key for dispatch in report.appearing],
        "disappearing": [dispatch.key for dispatch in report.disappearing],
    }
