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

    assert (0, True) == (done.code, "gone" in done.out)
    assert ["active"] * 6 == [row["status"] for row in rows]


def test_a_stranger(convener: Callable[..., Any], live: Path) -> None:
    """Somebody nobody knows is a usage error with a way to look."""
    done = convener("-w", live, "change", "withdraw", "acme/first", "zoe@acme.example", *AT)

    assert (2, True) == (done.code, "see: convener register acme/first" in done.err)


def test_a_pod_with_or_without_its_programme() -> None:
    """People type the short name; the id is made of it."""
    assert ["first/a", "first/a", ""] == [pod_id("acme/first", pod) for pod in ("a", "first/a", "")]
