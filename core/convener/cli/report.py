"""`convener report`."""

from pathlib import Path
from typing import Annotated

import typer

from convener.cli.face import Face
from convener.cli.moments import parse_day
from convener.cli.opening import opened
from convener.cli.options import Scope, command_app, speaking
from convener.cli.tables import show_table, working
from convener.errors import UsageError
from convener.operations import report as reports
from convener.reporting import Report, report_json

app = command_app()
FORMATS = ("html", "csv", "json")
Format = Annotated[str, typer.Option("--format", metavar="LIST", help="With -o: html, csv, json, divided by commas.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write it here and publish nothing.")
]


@app.command()
@speaking("as_of", "dry_run")
def report(face: Face, scope: Scope, *, endings: Format = "html,csv,json", output: Output = None) -> None:
    """Write the sponsor's report.

    It goes to the report connectors of the client's stack, or with -o to a folder. With --json the figures are
    printed and nothing is published.
    """
    wanted = chosen(endings)
    with opened(face, scope) as workspace:
        with working(face, f"reporting on {scope}"):
            found = reports.report(workspace, scope, as_of=parse_day(face.as_of))
        places: list[str] = []
        if output is not None and not face.dry_run:
            content = reports.files(workspace, scope, found, wanted)
            places = [str(path) for path in reports.write(output, scope, content)]
        elif not face.json and not face.dry_run:
            places = reports.publish(workspace, scope, found)
    print_report(face, found)
    for place in places:
        face.say(f"written: {place}")


def chosen(endings: str) -> tuple[str, ...]:
    """Take the list of formats apart; raise UsageError for one there is not."""
    wanted = tuple(part.strip() for part in endings.split(",") if part.strip())
    unknown = [ending for ending in wanted if ending not in FORMATS]
    if unknown or not wanted:
        raise UsageError(f"there is no format {', '.join(unknown)!r}", hint=f"formats: {', '.join(FORMATS)}")
    return wanted


def print_report(face: Face, found: Report) -> None:
    """Print the figures of *found*, as JSON or as a table."""
    if face.json:
        face.data(report_json(found))
        return
    rows = ((f.label, f.numerator, f.denominator, f.value) for f in found.figures)
    show_table(face, f"{found.programme} as of {found.as_of}", ("figure", "of these", "out of", "value"), rows)
