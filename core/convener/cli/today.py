"""`convener today`."""

from convener.cli.face import Face
from convener.cli.moments import shown
from convener.cli.opening import opened
from convener.cli.options import command_app, speaking
from convener.cli.shapes import flag_shape
from convener.cli.tables import show_table
from convener.operations.today import today

app = command_app()


@app.command("today")
@speaking()
def needs_a_human(face: Face) -> None:
    """List what needs a human today."""
    with opened(face) as workspace:
        flags = today(workspace)
    if face.json:
        face.data({"flags": [flag_shape(flag) for flag in flags]})
        return
    rows = (
        (f.severity, f"{f.client}/{f.programme}".rstrip("/"), f.subject, shown(f.since), f.text, f.settle)
        for f in flags
    )
    if flags:
        show_table(face, "Today", ("severity", "programme", "about", "since", "what", "settle with"), rows)
    else:
        face.say("nothing needs a human")
