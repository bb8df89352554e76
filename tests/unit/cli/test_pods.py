"""`convener pods`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

SHOWN = ["programme", "score", "bound", "pods", "rules"]


def test_a_proposal_has_the_designed_shape(convener: Callable[..., Any], live: Path) -> None:
    """Pods with coach and members, each with reasons, and what each rule did (R6, R8)."""
    data = convener("-w", live, "pods", "show", "acme/first", "--json").data
    member = data["pods"][0]["members"][0]

    assert (SHOWN, "first") == (list(data), data["programme"])
    assert ["id", "email", "name", "why"] == list(member)
    assert ["id", "flexibility", "satisfied", "cost", "explanation"] == list(data["rules"][0])


def test_a_proposal_for_people(convener: Callable[..., Any], live: Path) -> None:
    """One table a pod, one of rules, and how good it is in words."""
    done = convener("-w", live, "pods", "show", "acme/first")

    assert 0 == done.code
    assert [] == [word for word in ("first/pod-01 · 3 people", "Ana Ruiz", "pod-size") if word not in done.out]
    assert "less is better" in done.err


def test_before_a_sync_there_is_nobody(convener: Callable[..., Any], workspace: Path) -> None:
    """The cure is the command to run first."""
    done = convener("-w", workspace, "pods", "propose", "acme/first")

    assert (2, True) == (done.code, "hint: run: convener sync acme" in done.err)


def test_nothing_proposed_nothing_accepted(convener: Callable[..., Any], workspace: Path) -> None:
    """Accepting needs a proposal."""
    convener("-w", workspace, "sync", "acme")
    done = convener("-w", workspace, "pods", "accept", "acme/first")

    assert (2, True) == (done.code, "convener pods propose acme/first" in done.err)


def test_swapping_two_people(convener: Callable[..., Any], live: Path) -> None:
    """Two people of different pods exchange their places in the proposal."""
    before = convener("-w", live, "pods", "show", "acme/first", "--json").data["pods"]
    first, second = (pod["members"][0]["email"] for pod in before[:2])
    after = convener("-w", live, "pods", "swap", "acme/first", first, second, "--json").data

    assert second in {member["email"] for member in after["pods"][0]["members"]}
    assert "violations" in after


def test_freezing_and_releasing(convener: Callable[..., Any], live: Path) -> None:
    """A frozen pod is listed as such until it is released."""
    frozen = convener("-w", live, "pods", "freeze", "acme/first/pod-01", "--json").data["pods"]
    released = convener("-w", live, "pods", "freeze", "acme/first/pod-01", "--release", "--json").data["pods"]

    assert (1, 0) == tuple(sum(pod["frozen"] for pod in pods) for pods in (frozen, released))
