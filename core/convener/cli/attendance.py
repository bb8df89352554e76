"""`convener attendance`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from convener.cli.face import Face
from convener.cli.moments import shown
from convener.cli.opening import opened, zone_of
from convener.cli.options import Scope, SessionScope, command_app, speaking
from convener.cli.shapes import instant_shape
from convener.cli.tables import show_table, working
from convener.errors import Exit, UsageError
from convener.operations import attendance
from convener.operations.attendance import AttendanceReport

app = command_app("Bring session registers in, and list missing ones.")
File = Annotated[Path, typer.Argument(metavar="FILE", help="CSV or XLSX: email, session, status, engagement, note.")]
Statuses = Annotated[list[str], typer.Argument(metavar="ADDRESS=STATUS...", help="One for each person.")]
Engagement = Annotated[list[str] | None, typer.Option(metavar="ADDRESS=N", help="What the coach saw, 1 to 5.")]


@app.command("import")
@speaking("dry_run")
def bring_in(face: Face, scope: Scope, file: File) -> None:
    """Take a register file in; the same file twice changes nothing.

    Rows that cannot be taken are listed with their line and the reason; the others are taken. Exit 4 then.
    """
    with opened(face, scope) as workspace, working(face, f"reading {file}"):
        report = attendance.import_file(workspace, scope, file.absolute(), dry_run=face.dry_run)
    print_report(face, report)


@app.command()
@speaking("dry_run")
def record(face: Face, scope: SessionScope, statuses: Statuses, *, engagement: Engagement = None) -> None:
    """Record statuses for one session by hand."""
    with opened(face, scope) as workspace:
        levels = {who: level(text) for who, text in pairs(engagement or ()).items()}
        report = attendance.record(workspace, scope, pairs(statuses), engagement=levels, dry_run=face.dry_run)
    print_report(face, report)


@app.command()
@speaking()
def missing(face: Face, scope: Scope) -> None:
    """List sessions that are over and whose register is not in, or not whole."""
    with opened(face, scope) as workspace:
        zone = zone_of(workspace, scope)
        rows = attendance.missing(workspace, scope)
    if face.json:
        shapes = [
            {"session": r.session, "coach": r.coach, "ended": instant_shape(r.ended, zone), "people": list(r.people)}
            for r in rows
        ]
        face.data({"missing": shapes})
        return
    cells = ((r.session, r.coach, shown(r.ended, zone), ", ".join(r.people)) for r in rows)
    if rows:
        show_table(face, "Missing registers", ("session", "coach", "ended", "without a status"), cells)
    else:
        face.say("no register is missing")


def pairs(written: Iterable[str]) -> dict[str, str]:
    """Take `ADDRESS=VALUE` apart; raise UsageError for anything else."""
    parts = {text: text.partition("=") for text in written}
    wrong = [text for text, (who, _, value) in parts.items() if not who or not value]
    if wrong:
        raise UsageError(f"{wrong[0]!r} is not ADDRESS=VALUE", hint="for example ana@client.example=present")
    return {who.strip(): value.strip() for who, _, value in parts.values()}


def level(text: str) -> int:
    """Read an engagement; raise UsageError unless it is 1 to 5."""
    if text not in {"1", "2", "3", "4", "5"}:
        raise UsageError(f"engagement is {text!r}, not a whole number from 1 to 5")
    return int(text)


def print_report(face: Face, report: AttendanceReport) -> None:
    """Print what became of the rows; end with exit 4 when some were refused."""
    if face.json:
        face.data(
            {
                "recorded": report.recorded,
                "changed": report.changed,
                "unchanged": report.unchanged,
                "refused": [{"line": row.line, "reason": row.reason} for row in report.refused],
                "held": list(report.held),
                "incomplete": list(report.incomplete),
            }
        )
    else:
        if report.refused:
            show_table(face, "Refused", ("line", "why"), ((row.line, row.reason) for row in report.refused))
        face.say(f"recorded {report.recorded}, changed {report.changed}, unchanged {report.unchanged}")
        face.say(f"held: {', '.join(report.held) or 'none'}; not whole: {', '.join(report.incomplete) or 'none'}")
    if report.refused:
        raise typer.Exit(Exit.PARTLY)
