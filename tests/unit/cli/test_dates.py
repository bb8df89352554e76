"""`convener dates`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

SESSION = ["pod", "number", "topic", "status", "starts", "ends", "zone"]


def test_a_proposal_has_the_designed_shape(convener: Callable[..., Any], live: Path) -> None:
    """Every session of every pod, on the programme's wall clock with its offset (R10)."""
    data = convener("-w", live, "dates", "show", "acme/first", "--json").data

    assert (4, SESSION) == (len(data["sessions"]), [key for key in data["sessions"][0] if key in SESSION])
    assert data["sessions"][0]["starts"].endswith("+00:00")


def test_a_proposal_for_people(convener: Callable[..., Any], live: Path) -> None:
    """Times are shown with their zone."""
    done = convener("-w", live, "dates", "show", "acme/first")

    assert (0, True) == (done.code, "Jan 2027 10:00 GMT" in done.out)


def test_without_pods_there_are_no_dates(convener: Callable[..., Any], workspace: Path) -> None:
    """The cure names the commands that come first."""
    convener("-w", workspace, "sync", "acme")
    done = convener("-w", workspace, "dates", "propose", "acme/first")

    assert (2, True) == (done.code, "convener pods propose acme/first" in done.err)


def test_a_move_can_be_rehearsed(convener: Callable[..., Any], live: Path) -> None:
    """A dry run changes nothing."""
    words = ("-w", live, "--at", "2026-12-02T09:00", "dates")
    rehearsed = convener(*words, "move", "acme/first/pod-01/1", "--to", "2027-01-14T10:00", "--dry-run", "--json")
    moved = convener(*words, "move", "acme/first/pod-01/1", "--to", "2027-01-14T10:00", "--json")

    assert (0, 0) == (rehearsed.code, moved.code)
    assert ["session.moved"] == [event["name"] for event in moved.data["events"]]


def test_a_move_onto_a_weekend_of_the_year_is_refused(convener: Callable[..., Any], live: Path) -> None:
    """An inflexible rule, here the holidays, refuses with its name and exit 3."""
    done = convener(
        "-w", live, "--at", "2026-12-02T09:00", "dates", "move", "acme/first/pod-01/1", "--to", "2027-01-01T10:00"
    )

    assert (3, True) == (done.code, done.err.startswith("error: "))


def test_dates_proposed_again_are_compared(convener: Callable[..., Any], live: Path) -> None:
    """Confirmed dates stay, and that is said (R8, R12)."""
    words = ("-w", live, "--at", "2026-12-02T09:00", "dates")
    done = convener(*words, "propose", "acme/first", "--seed", 3)
    data = convener(*words, "propose", "acme/first", "--replan", "--json").data

    assert (0, True) == (done.code, "every date is the same" in done.err)
    assert ([], 1, True) == (data["moved"], data["seed"], "steps" in data)


def test_dates_by_a_pattern(convener: Callable[..., Any], live: Path) -> None:
    """Without any poll, and refused with the word that is none of a pattern (R10)."""
    words = ("-w", live, "--at", "2026-12-02T09:00", "dates", "propose", "acme/first", "--pattern")
    done, wrong = convener(*words, "second tuesday 10:00"), convener(*words, "now and then")

    assert (0, 2) == (done.code, wrong.code)
    assert "'now' is no part of a pattern" in wrong.err


def test_why_a_session_is_when_it_is(convener: Callable[..., Any], live: Path) -> None:
    """Reasons and other slots, in words and as JSON (R11)."""
    words = ("-w", live, "--at", "2026-12-02T09:00", "dates", "why", "acme/first/pod-01/1")
    told, data = convener(*words), convener(*words, "--json").data

    assert (0, True) == (told.code, "pod-01/1" in told.out)
    assert [*SESSION, "why", "others"] == list(data)


def test_a_page_is_written(convener: Callable[..., Any], live: Path, tmp_path: Path) -> None:
    """`--html` writes it, and refuses another ending before it searches."""
    page = tmp_path / "dates.html"
    done = convener("-w", live, "dates", "show", "acme/first", "--html", page)
    wrong = convener("-w", live, "dates", "propose", "acme/first", "--html", tmp_path / "dates.svg")

    assert (0, f"written: {page}") == (done.code, done.err.splitlines()[-1])
    assert "<h1>First steps: dates</h1>" in page.read_text("utf-8")
    assert (2, True) == (wrong.code, "no page" in wrong.err)


def test_programmes_are_planned_together(convener: Callable[..., Any], workspace: Path) -> None:
    """Two programmes that share one coach get dates that suit both (R9, R10); one alone, or two clients, do not go."""
    rules = workspace / "rulesets" / "acme.toml"
    first = rules.read_text(encoding="utf-8").replace('coaches = "all"', 'coaches = ["cora@coaches.example"]')
    second = first[first.index("[programmes.first]") :].replace("programmes.first", "programmes.second")
    rules.write_text(first + second.replace("acme.csv", "acme-2.csv"), encoding="utf-8")
    for name, lines in (("acme.csv", slice(4)), ("acme-2.csv", slice(4, None))):
        roster = (workspace / "data" / "acme.csv").read_text(encoding="utf-8").splitlines()
        head = [] if name == "acme.csv" else roster[:1]
        (workspace / "data" / f"new-{name}").write_text("\n".join([*head, *roster[lines], ""]), encoding="utf-8")
    for name in ("acme.csv", "acme-2.csv"):
        (workspace / "data" / f"new-{name}").replace(workspace / "data" / name)
    words = ("-w", workspace, "--at", "2026-11-30T09:00")
    convener(*words, "sync", "acme")
    for scope in ("acme/first", "acme/second"):
        assert (0, 0) == tuple(convener(*words, "pods", do, scope).code for do in ("propose", "accept"))

    together = convener(*words, "dates", "together", "acme/first", "acme/second", "--pattern", "", "--json")
    alone = convener(*words, "dates", "together", "acme/first")
    starts = [session["starts"] for plan in together.data["proposals"] for session in plan["sessions"]]

    assert (0, 4, 4) == (together.code, len(starts), len(set(starts)))
    assert (2, True) == (alone.code, "dates propose SCOPE" in alone.err)
