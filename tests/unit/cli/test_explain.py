"""`convener explain`: the four answers, and the others (P16)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convener.cli.app import run

SCOPE = "acme/first"
LATE = """
[automations.late-note]
on = "12 hours before session.starts, at 21:00"
for_each = "participant"
do = { send = "reminder", via = ["email"] }
"""


@pytest.fixture(scope="session")
def planned(drafted: Path, copied: Callable[[Path, Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with pods and dates that is not live yet; nobody knows the manager of Fay. For copying."""
    folder = copied(drafted, tmp_path_factory.mktemp("planned") / "w")
    roster = folder / "data" / "acme.csv"
    text = roster.read_text(encoding="utf-8")
    roster.write_text(
        text.replace(
            "Fay Moss,fay@acme.example,Europe/London,Works,Max Bell,max@acme.example",
            "Fay Moss,fay@acme.example,Europe/London,Works,,",
        ),
        encoding="utf-8",
    )
    rules = folder / "rulesets" / "acme.toml"
    rules.write_text(rules.read_text(encoding="utf-8") + LATE, encoding="utf-8")
    for words in ("sync acme", *(f"{what} {do} {SCOPE}" for what in ("pods", "dates") for do in ("propose", "accept"))):
        assert 0 == run(["-w", str(folder), *words.split(), "--at", "2026-11-30T09:00"])
    return folder


@pytest.fixture
def draft(planned: Path, copied: Callable[[Path, Path], Path], tmp_path: Path) -> Path:
    """Return a workspace of its own, not live."""
    return copied(planned, tmp_path / "w")


@pytest.fixture
def gone_live(draft: Path) -> Path:
    """Return a workspace of its own that went live on 1 December 2026."""
    assert 0 == run(["-w", str(draft), "go", SCOPE, "--at", "2026-12-01T09:00"])
    return draft


def session_of(convener: Callable[..., Any], folder: Path, who: str) -> str:
    """Return the first session of the pod of *who*."""
    rows = convener("-w", folder, "register", SCOPE, "--as-of", "2027-01-10", "--json").data["rows"]
    return f"acme/{next(row['pod'] for row in rows if row['email'] == who)}/1"


def test_a_reminder_that_did_not_fire_because_of_apologies(convener: Callable[..., Any], gone_live: Path) -> None:
    """P16: the one clause, its fact, where that was recorded, and the line of the rule."""
    session = session_of(convener, gone_live, "ana@acme.example")
    sorry = ("attendance", "record", session, "ana@acme.example=apologies", "--at", "2027-01-05T10:00")
    assert 0 == convener("-w", gone_live, *sorry).code
    convener("-w", gone_live, "tick", "--at", "2027-01-08T09:05")
    words = ("explain", "automation", "remind", "ana@acme.example", "--at", "2027-01-08T10:00")
    told, data = convener("-w", gone_live, *words), convener("-w", gone_live, *words, "--json").data

    assert told.out.startswith("remind to Ana Ruiz about first/pod-")
    assert "but for `!attendance.excused`, which is false: attendance.excused is true" in told.out
    assert "'apologies' from attendance record on Tue 5 Jan 2027 10:00 GMT" in told.out.replace("\n", " ")
    assert ("not_matched", [True, True, False]) == (data["decision"], [clause["value"] for clause in data["clauses"]])
    assert [True] == list(data["clauses"][2]["facts"].values())


def test_a_message_that_waits_for_quiet_hours(convener: Callable[..., Any], gone_live: Path) -> None:
    """P16: the rule that holds it, and when it goes out; afterwards, that it went out."""
    words = ("explain", "automation", "late-note", "ben@acme.example")
    convener("-w", gone_live, "tick", "--at", "2027-01-11T21:05")
    told = convener("-w", gone_live, *words, "--at", "2027-01-11T21:30")
    data = convener("-w", gone_live, *words, "--at", "2027-01-11T21:30", "--json").data
    convener("-w", gone_live, "tick", "--at", "2027-01-12T07:35")
    after = convener("-w", gone_live, *words, "--at", "2027-01-12T08:00", "--json").data

    assert "waits for quiet hours to end and goes out Tue 12 Jan 2027 07:30 GMT: rule quiet" in told.out.replace(
        "\n", " "
    )
    assert ("suppressed(quiet)", "ready", "fire", "sent") == (
        data["decision"], data["steps"][0]["state"], after["decision"], after["steps"][0]["state"]
    )  # fmt: skip


def test_a_reminder_of_a_draft(convener: Callable[..., Any], draft: Path) -> None:
    """P16, R30: everything holds, and nothing goes out before go."""
    words = ("explain", "automation", "remind", "ana@acme.example", "--at", "2026-12-10T09:00")
    told, data = convener("-w", draft, *words), convener("-w", draft, *words, "--json").data

    assert "does not go out: the programme is in draft, and nothing goes out before it goes live" in told.out.replace(
        "\n", " "
    )
    assert ("suppressed(draft)", [True] * 3) == (data["decision"], [clause["value"] for clause in data["clauses"]])


def test_a_toolkit_for_want_of_a_manager(convener: Callable[..., Any], gone_live: Path) -> None:
    """P16, R17: undecided, with the command that settles it."""
    rows = convener("-w", gone_live, "register", SCOPE, "--as-of", "2027-01-10", "--json").data["rows"]
    session = session_of(convener, gone_live, "fay@acme.example")
    there = [f"{row['email']}=attended" for row in rows if f"acme/{row['pod']}/1" == session]
    convener("-w", gone_live, "attendance", "record", session, *there, "--at", "2027-01-13T09:00")
    words = ("explain", "automation", "manager-toolkit", "fay@acme.example", "--at", "2027-01-13T12:00")
    told, data = convener("-w", gone_live, *words), convener("-w", gone_live, *words, "--json").data

    assert "is undecided and does not go out: no line manager of Fay Moss is known on 2027-01-" in told.out.replace(
        "\n", " "
    )
    assert f"settle it with: convener change manager {SCOPE} fay@acme.example" in told.err
    assert ("undecided(manager)", None, "fay@acme.example") == (data["decision"], data["recipient"], data["for"])


def test_a_rule_and_a_setting(convener: Callable[..., Any], gone_live: Path) -> None:
    """P16: values with the lines they came from."""
    rule = convener("-w", gone_live, "explain", "rule", "pod-size", "--at", "2027-01-04")
    setting = convener("-w", gone_live, "explain", "setting", "client.timezone")
    impact = convener(
        "-w", gone_live, "explain", "rule", "gap", "--impact", "--since", "2026-12-01", "--at", "2027-01-04"
    )

    assert "pod-size is an inflexible rule of kind pod-size, and nobody and nothing breaks it now." in rule.out
    assert "5 at rulesets/small-group-coaching.toml:14:1" in rule.out
    assert 'client.timezone is "Europe/London", written at rulesets/acme.toml:6:1.\n' == setting.out
    assert "would have blocked over 0 subjects, and refused 0 changes" in impact.out


def test_a_dispatch_by_its_key(convener: Callable[..., Any], gone_live: Path) -> None:
    """P16: as the plan shows it."""
    plan = convener("-w", gone_live, "plan", SCOPE, "--until", "2027-01-12", "--at", "2026-12-02", "--json").data
    key = next(each["key"] for each in plan["dispatches"] if each["automation"] == "remind")
    told = convener("-w", gone_live, "explain", "dispatch", key, "--at", "2026-12-02", "--json").data

    assert (key, "fire", None) == (told["key"], told["decision"], told["state"])


def test_questions_that_cannot_be_answered(convener: Callable[..., Any], gone_live: Path) -> None:
    """P18: exit 2, with what could be meant."""
    asked = (
        ("automation", "remnd", "ana@acme.example"),
        ("rule", "pod-size", "--impact"),
        ("rule", "pod-size", "--since", "2027-01-01"),
        ("setting", "client.timezon"),
        ("dispatch", f"{SCOPE}/a/b/c/d/e"),
    )

    assert [2] * len(asked) == [convener("-w", gone_live, "explain", *words).code for words in asked]
