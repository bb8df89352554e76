"""`convener register`."""

from convener.cli.face import Face
from convener.cli.moments import parse_day
from convener.cli.opening import opened
from convener.cli.options import Scope, command_app, speaking
from convener.cli.tables import show_table
from convener.operations.people import RegisterRow, register_rows

app = command_app()
COLUMNS = ("id", "name", "address", "status", "pod", "coach", "manager", "from", "to")


@app.command()
@speaking("as_of")
def register(face: Face, scope: Scope) -> None:
    """List who is in a programme on a day."""
    with opened(face, scope) as workspace:
        day, rows = register_rows(workspace, scope, as_of=parse_day(face.as_of))
    if face.json:
        face.data({"as_of": day.isoformat(), "rows": [shape(row) for row in rows]})
    else:
        title = f"{scope} on {day:%A} {day.day} {day:%B %Y}"
        show_table(face, title, COLUMNS, ([*shape(row).values()] for row in rows))
        face.say(f"{len(rows)} people")


def shape(row: RegisterRow) -> dict[str, object]:
    """Return the JSON shape of *row*."""
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "status": str(row.status),
        "pod": row.pod,
        "coach": row.coach,
        "manager": row.manager,
        "from": row.since.isoformat(),
        "to": row.until.isoformat() if row.until else None,
    }
