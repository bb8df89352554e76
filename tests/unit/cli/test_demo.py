"""`convener demo`: what it prints; the story itself is told by operations."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from convener.cli.demo import MARK, heeded, prepare, print_summary, refuse_used, teller
from convener.cli.face import Face
from convener.errors import UsageError
from convener.operations.demo import DemoStep, DemoSummary
from convener.runtime import open_workspace


def test_a_step_is_one_line(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """The day, what happened and how much has gone out, on stderr."""
    teller(face)(DemoStep(datetime(2027, 1, 19, 9, tzinfo=UTC), "session 1 held", 40))

    assert ("", "19 Jan 2027  session 1 held  40 sent so far") == tuple(map(str.rstrip, capsys.readouterr()))


def test_the_summary_says_where_to_look(face: Face, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Figures and places on stdout."""
    print_summary(face, DemoSummary(rows=(("send sent", "120"),), places={"report": str(tmp_path / "report.html")}))
    out = capsys.readouterr().out

    assert [True, True] == [word in out for word in ("120", str(tmp_path / "report.html"))]


def test_the_environment_says_which_database_and_which_engine() -> None:
    """And nothing else: what is set for real work, such as an address that gets every message, is not the demo's."""
    environ = {
        "CONVENER_DATABASE_URL": "postgresql://h/d",
        "CONVENER_ENGINE": "procrastinate",
        "CONVENER_REDIRECT_ALL": "me@example.org",
        "HOME": "/",
    }

    assert {"CONVENER_DATABASE_URL", "CONVENER_ENGINE"} == set(heeded(environ))


def test_a_database_in_use_is_not_played_in(live: Path) -> None:
    """It may be that of real work."""
    with (
        closing(open_workspace(live, environ={})) as workspace,
        pytest.raises(UsageError, match="is in use") as caught,
    ):
        refuse_used(workspace)

    assert "CONVENER_DATABASE_URL" in caught.value.hint


def test_an_earlier_demo_is_played_anew(tmp_path: Path) -> None:
    """A folder that a demo made is made fresh."""
    prepare(tmp_path / "demo")
    (tmp_path / "demo" / "old.txt").touch()
    prepare(tmp_path / "demo")

    assert ([False, True]) == [(tmp_path / "demo" / name).exists() for name in ("old.txt", MARK)]


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    """Only what a demo made is ever removed."""
    (tmp_path / "mine.txt").touch()
    with pytest.raises(UsageError, match="is not empty"):
        prepare(tmp_path)

    assert ["mine.txt"] == [path.name for path in tmp_path.iterdir()]
