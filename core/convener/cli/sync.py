"""`convener sync`."""

import typer

from convener.cli.face import Face
from convener.cli.opening import opened
from convener.cli.options import Client, command_app, speaking
from convener.cli.tables import show_table, working
from convener.errors import Exit
from convener.operations.sync import RowOutcome, SyncReport, sync

app = command_app()


@app.command("sync")
@speaking("dry_run")
def bring_in(face: Face, client: Client) -> None:
    """Bring a client's roster and coaches in.

    Rows that cannot be taken are listed with their line and the reason; the others are taken. Exit 4 then.
    """
    with opened(face, client) as workspace, working(face, f"reading the roster of {client}"):
        report = sync(workspace, client, dry_run=face.dry_run)
    if face.json:
        face.data(shape(report))
    else:
        tell(face, report)
    if report.refused:
        raise typer.Exit(Exit.PARTLY)


def shape(report: SyncReport) -> dict[str, object]:
    """Return the JSON shape of *report*."""
    return {
        "created": [row_shape(row) for row in report.created],
        "updated": [row_shape(row) for row in report.updated],
        "unchanged": report.unchanged,
        "refused": [{"line": row.line, "reason": row.reason} for row in report.refused],
        "conflicts": list(report.conflicts),
    }


def row_shape(row: RowOutcome) -> dict[str, object]:
    """Return the JSON shape of one row that was taken."""
    return {"programme": row.programme, "line": row.line, "email": row.email, "changes": list(row.changes)}


def tell(face: Face, report: SyncReport) -> None:
    """Print what happened to which row, and the count of each."""
    rows = [("created", row.line, row.email, "") for row in report.created]
    rows += [("updated", row.line, row.email, ", ".join(row.changes)) for row in report.updated]
    rows += [("refused", row.line, "", row.reason) for row in report.refused]
    rows += [("to decide", 0, "", text) for text in report.conflicts]
    if rows:
        show_table(face, "Roster", ("outcome", "line", "who", "why"), ((r[0], r[1] or "", *r[2:]) for r in rows))
    done = "would be " if face.dry_run else ""
    face.say(
        f"{done}created {len(report.created)}, updated {len(report.updated)}, unchanged {report.unchanged}, "
        f"refused {len(report.refused)}, to decide {len(report.conflicts)}"
    )
