"""`convener change`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convener.cli.change import pod_id

AT = ("--at", "2026-12-10T09:00")


@pytest.mark.parametrize(
    ("words", "event"),
    [
        (("withdraw", "acme/first", "ana@acme.example", "--reason", "new post"), "participant.withdrawn"),
        (("second", "acme/first", "ben@acme.example", "--until", "2027-02-01"), "participant.seconded"),
        (
            ("manager", "acme/first", "cleo@acme.example", "--name", "Noa Reed", "--email", "noa@acme.example"),
            "manager.changed",
        ),
        (("session", "acme/first/pod-01/1", "--to", "2027-01-14T10:00"), "session.moved"),
    ],
)
def test_each_change_is_an_event(convener: Callable[..., Any], live: Path, words: tuple[str, ...], event: str) -> None:
    """A change alters the register and says so in one event at least (R2)."""
    done = convener("-w", live, "change", *words, *AT, "--json")

    assert 0 == done.code
    assert event in {happened["name"] for happened in done.data["events"]}


def test_a_coach_who_is_free(convener: Callable[..., Any], live: Path) -> None:
    """The one coach without a pod takes one over."""
    rows = convener("-w", live, "register", "acme/first", "--as-of", "2026-12-12", "--json").data["rows"]
    free = {f"{name}@coaches.example" for name in ("cora", "carl", "cate")} - {row["coach"] for row in rows}
    done = convener("-w", live, "change", "coach", "acme/first/pod-01", free.pop(), *AT, "--json")

    assert (0, ["coach.changed"]) == (done.code, [event["name"] for event in done.data["events"]])


def test_there_and_back(convener: Callable[..., Any], live: Path) -> None:
    """A secondment ends with a return."""
    convener("-w", live, "change", "second", "acme/first", "ben@acme.example", "--on", "2026-12-11", *AT)
    done = convener(
        "-w", live, "change", "return", "acme/first", "ben@acme.example", "--on", "2027-01-05", *AT, "--json"
    )

    assert (0, ["participant.returned"]) == (done.code, [event["name"] for event in done.data["events"]])


def test_a_rehearsal_changes_nothing(convener: Callable[..., Any], live: Path) -> None:
    """A dry run shows what would no longer go out, and leaves the register as it is (N3)."""
    words = ("change", "withdraw", "acme/first", "ana@acme.example", "--on", "2026-12-11")
    done = convener("-w", live, *words, *AT, "--dry-run")
    rows = convener("-w", live, "register", "acme/first", "--as-of", "2026-12-12", "--json").data["rows"]

    assert (0, True) == (done.code, "mails not sent" in done.out)
    assert ["active"] * 6 == [row["status"] for row in rows]


def test_a_stranger(convener: Callable[..., Any], live: Path) -> None:
    """Somebody nobody knows is a usage error with a way to look."""
    done = convener("-w", live, "change", "withdraw", "acme/first", "zoe@acme.example", *AT)

    assert (2, True) == (done.code, "see: convener register acme/first" in done.err)


def test_a_pod_with_or_without_its_programme() -> None:
    """People type the short name; the id is made of it."""
    assert ["first/a", "first/a", ""] == [pod_id("acme/first", pod) for pod in ("a", "first/a", "")]


def test_a_promotion_names_columns_and_perhaps_a_manager(convener: Callable[..., Any], live: Path) -> None:
    """R2: one command for another post; a column that the roster has not is exit 2."""
    words = ("change", "promote", "acme/first", "ana@acme.example", "--set")
    manager = ("--manager-name", "Noa Reed", "--manager-email", "noa@acme.example")
    done = convener("-w", live, *words, "department=Works", *manager, *AT, "--json")
    wrong = [convener("-w", live, *words, column, *AT).code for column in ("grade=8b", "department", "=Works")]

    assert ["participant.promoted", "manager.changed"] == [event["name"] for event in done.data["events"]]
    assert [2, 2, 2] == wrong


def test_a_session_moves_or_is_called_off(convener: Callable[..., Any], live: Path) -> None:
    """P3: calendars are told, and no reminder follows; both at once, or neither, is exit 2."""
    words = ("change", "session", "acme/first/pod-01/2")
    convener("-w", live, "tick", *AT)
    wrong = [
        convener("-w", live, *words, *more, *AT).code
        for more in ((), ("--cancel", "--to", "2027-02-10T10:00"), ("--cancel",))
    ]
    done = convener("-w", live, *words, "--cancel", "--reason", "snow", *AT, "--json")
    plan = convener("-w", live, "plan", "acme/first", "--until", "2027-03-01", *AT, "--json").data["dispatches"]
    about = {each["automation"] for each in plan if each["subject"] == "first/pod-01/2"}

    assert [2, 2, 2] == wrong
    assert ["session.cancelled"] == [event["name"] for event in done.data["events"]]
    assert {"invites"} == about
