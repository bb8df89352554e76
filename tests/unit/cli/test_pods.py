"""`convener pods`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

SHOWN = ["programme", "score", "bound", "pods", "rules", "seed", "steps", "trades"]


def test_a_proposal_has_the_designed_shape(convener: Callable[..., Any], live: Path) -> None:
    """Pods with coach and members, each with reasons, and what each rule did (R6, R8)."""
    data = convener("-w", live, "pods", "show", "acme/first", "--json").data
    member = data["pods"][0]["members"][0]

    assert (SHOWN, "first") == (list(data), data["programme"])
    assert ["id", "email", "name", "why"] == list(member)
    assert ["id", "flexibility", "satisfied", "cost", "explanation", "where"] == list(data["rules"][0])


def test_a_proposal_for_people(convener: Callable[..., Any], live: Path) -> None:
    """One table of pods, one of who sits where, one of rules, and how good it is in words."""
    done = convener("-w", live, "pods", "show", "acme/first")

    assert 0 == done.code
    assert [] == [word for word in ("pod-01", "Ana Ruiz", "pod-size") if word not in done.out]
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


def test_a_second_proposal_is_compared_with_the_first(convener: Callable[..., Any], workspace: Path) -> None:
    """The first one stands for itself; the next says what it changes (R8)."""
    convener("-w", workspace, "sync", "acme")
    first = convener("-w", workspace, "pods", "propose", "acme/first")
    second = convener("-w", workspace, "pods", "propose", "acme/first", "--seed", "5", "--steps", "100000")

    assert ("Compared" in first.err, "0 move, 0 join, 0 leave" in second.err) == (False, True)
    assert "seed 5" in second.err


def test_seconds_and_steps_are_budgets(convener: Callable[..., Any], workspace: Path) -> None:
    """Neither may be nothing, and moves belong to a re-forming."""
    words = ("-w", workspace, "pods", "propose", "acme/first")

    assert [2, 2, 2] == [convener(*words, *more).code for more in (("--steps", 0), ("--seconds", 0), ("--moves", 1))]


def test_pods_are_mended(convener: Callable[..., Any], live: Path) -> None:
    """With `--reform` nobody moves who need not (R8)."""
    words = ("-w", live, "--at", "2026-12-02T09:00", "pods")
    done = convener(*words, "propose", "acme/first", "--reform", "--moves", 2, "--json")

    assert (0, 2) == (done.code, len(done.data["pods"]))
    assert [] == convener(*words, "diff", "acme/first", "--json").data["people"]


def test_a_page_is_written(convener: Callable[..., Any], live: Path, tmp_path: Path) -> None:
    """`--html` writes it, and refuses another ending before it searches."""
    page = tmp_path / "pods.html"
    done = convener("-w", live, "pods", "show", "acme/first", "--html", page)
    wrong = convener("-w", live, "pods", "propose", "acme/first", "--html", tmp_path / "pods.svg")

    assert (0, f"written: {page}") == (done.code, done.err.splitlines()[-1])
    assert "<h1>First steps: pods</h1>" in page.read_text("utf-8")
    assert (2, True) == (wrong.code, "no page" in wrong.err)


def test_what_accepting_would_change(convener: Callable[..., Any], live: Path) -> None:
    """`diff` compares the proposal with the pods of today, in words and as JSON (R8)."""
    pods = convener("-w", live, "pods", "show", "acme/first", "--json").data["pods"]
    first, second = (pod["members"][0]["email"] for pod in pods[:2])
    convener("-w", live, "pods", "swap", "acme/first", first, second)
    data = convener("-w", live, "pods", "diff", "acme/first", "--json").data
    words = convener("-w", live, "pods", "diff", "acme/first")

    assert ["people", "coaches", "rules", "score"] == list(data)
    assert {first: pods[1]["id"], second: pods[0]["id"]} == {each["email"]: each["to"] for each in data["people"]}
    assert "2 move, 0 join, 0 leave" in words.err


def test_a_move_by_hand(convener: Callable[..., Any], live: Path) -> None:
    """Three and three become two and four only where the rules allow it (R8)."""
    pods = convener("-w", live, "pods", "show", "acme/first", "--json").data["pods"]
    who, name = pods[0]["members"][0]["email"], pods[0]["members"][0]["name"]
    refused = convener("-w", live, "pods", "move", "acme/first", who, pods[1]["id"])

    assert (3, True, True) == (refused.code, name in refused.err, "rule pod-size" in refused.err)


def test_the_cost_of_a_change_by_hand_is_told(convener: Callable[..., Any], live: Path) -> None:
    """Before and after, and as JSON (R8)."""
    pods = convener("-w", live, "pods", "show", "acme/first", "--json").data["pods"]
    pair = [pod["members"][0]["email"] for pod in pods[:2]]
    words = convener("-w", live, "pods", "swap", "acme/first", *pair, "--dry-run")
    data = convener("-w", live, "pods", "swap", "acme/first", *pair, "--json").data

    assert "before" in words.err.splitlines()[-1]
    assert {"score", "score_before", "violations"} <= set(data)


def test_why_somebody_sits_there(convener: Callable[..., Any], live: Path) -> None:
    """Other pods with the cost of each, in words and as JSON (R7)."""
    words = convener("-w", live, "pods", "why", "acme/first", "ana@acme.example")
    data = convener("-w", live, "pods", "why", "acme/first", "ana@acme.example", "--json").data

    assert (0, True) == (words.code, "Ana Ruiz sits in pod-0" in words.out)
    assert ["what", "with", "cost", "rules"] == list(data["others"][0])
    assert "ana@acme.example" == data["email"]


def test_the_reasons_of_every_seat(convener: Callable[..., Any], live: Path) -> None:
    """`--why` lists them pod by pod (R7)."""
    done = convener("-w", live, "pods", "show", "acme/first", "--why")

    assert "(rule mixed-departments)" in " ".join(done.out.split())


def test_a_seed_that_no_search_takes_is_refused(convener: Callable[..., Any], live: Path) -> None:
    """Whatever number is typed, there is an answer and no traceback (R8)."""
    done = convener("-w", live, "pods", "propose", "acme/first", "--seed", 10**23)

    assert (2, True) == (done.code, "--seed" in done.err)
