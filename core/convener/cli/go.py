"""`convener go`."""

from convener.cli.face import Face
from convener.cli.opening import opened
from convener.cli.options import Scope, command_app, speaking
from convener.operations.go import go

app = command_app()


@app.command("go")
@speaking("dry_run")
def set_live(face: Face, scope: Scope) -> None:
    """Set a programme live: from now on messages go out."""
    with opened(face, scope) as workspace:
        report = go(workspace, scope, dry_run=face.dry_run)
    if face.json:
        face.data(
            {
                "scope": report.scope,
                "participants": report.participants,
                "pods": report.pods,
                "confirmed": report.confirmed,
                "unscheduled": report.unscheduled,
            }
        )
        return
    verb = "would be" if face.dry_run else "is"
    face.say(f"{report.scope} {verb} live: {report.participants} people in {report.pods} pods")
    face.say(f"{report.confirmed} sessions with a date, {report.unscheduled} without")
    face.say("next: convener tick, or convener daemon")
