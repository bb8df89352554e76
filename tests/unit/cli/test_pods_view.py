"""Proposed pods on the terminal and as JSON."""

import pytest

from convener.cli.face import Face
from convener.cli.pods_view import (
    NEAREST,
    difference_shape,
    name_of,
    others_shape,
    print_difference,
    print_others,
    print_proposal,
    shape,
    short_pod,
)
from convener.model import Instead, Person, PodProposal, ProposedPod, Register, RuleOutcome, Seat, Trade
from convener.operations.pods import PodsDifference, RuleShift, Shift, Shown

ANA = Person(id="1", name="Ana \x1b[31mRuiz", email="ana@acme.example")
BEN = Person(id="2", name="Ben Osei", email="ben@acme.example")
REGISTER = Register(client="acme", programme="first", people={"1": ANA, "2": BEN})
MIXED = RuleOutcome(
    id="mixed", flexibility="flexible", satisfied=False, cost=3, explanation="3 times 1", where=("first/north",)
)


def proposal(count: int = 1) -> PodProposal:
    """Return so many pods of two."""
    seats = (Seat(person="1", why=("first\nline",)), Seat(person="2", why=("b",)))
    pods = tuple(
        ProposedPod(id=f"first/north{at or ''}", name="north", coach=None, seats=seats, frozen=not at)
        for at in range(count)
    )
    return PodProposal(
        programme="first", seed=2, score=3, bound=1, pods=pods, rules=(MIXED,), steps=9,
        trades=(Trade(moves=2, score=3, breaches=("pod-size",)),),
    )  # fmt: skip


def test_pods_come_first_with_what_does_not_hold(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each pod: people, coach, cost, rules that cost, and those broken in capitals (R7)."""
    costs = {"first/north": {"one-site": 0, "mixed": 3}}
    print_proposal(face, Shown(proposal=proposal(), register=REGISTER, costs=costs))
    out = capsys.readouterr().out
    line = next(line for line in out.splitlines() if line.startswith(" north"))

    assert ["north", "2", "not", "yet", "3", "frozen,", "one-site", "BROKEN,", "mixed", "3"] == line.split()
    assert "Ana ·[31mRuiz, Ben Osei" in out
    assert "pod-size" in out


def test_a_narrow_terminal_breaks_no_words(
    face: Face, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In eighty columns every name and rule is still in one piece."""
    monkeypatch.setattr("convener.cli.tables.WIDE", 80)
    costs = {"first/north": {"mixed-departments": 3, "similar-seniority": 2, "hours-overlap": 1}}
    print_proposal(face, Shown(proposal=proposal(), register=REGISTER, costs=costs))
    out = capsys.readouterr().out

    assert max(map(len, out.splitlines())) <= 80
    assert all(name in out for name in costs["first/north"])


def test_very_many_pods_are_not_listed_member_by_member(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """Unless asked for (R26)."""
    shown = Shown(proposal=proposal(30), register=REGISTER, costs={})
    print_proposal(face, shown)
    brief = capsys.readouterr().out
    print_proposal(face, shown, why=True)

    assert ("Ben Osei" in brief, "Ben Osei" in capsys.readouterr().out) == (False, True)


def test_json_keeps_its_keys_and_gains_some() -> None:
    """Seed, steps, trades, and where a rule does not hold (R7)."""
    data = shape(proposal(), REGISTER)

    assert ["programme", "score", "bound", "pods", "rules", "seed", "steps", "trades"] == list(data)
    assert [{"moves": 2, "score": 3, "breaches": ["pod-size"]}] == data["trades"]


def test_strangers_and_nobody_have_a_name() -> None:
    """An id, or that there is nobody yet; a pod goes without its programme."""
    assert ("Ben Osei", "x9", "not yet") == tuple(name_of(REGISTER.people, who) for who in ("2", "x9", None))
    assert ("north", "-") == (short_pod("first/north"), short_pod(None))


def test_a_difference_in_words_and_as_json(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """Who moves, joins and leaves, coaches, rules and the cost (R8)."""
    found = PodsDifference(
        people=(
            Shift(what="1", before="first/north", after="first/south"),
            Shift(what="2", before=None, after="first/south"),
            Shift(what="3", before="first/north", after=None),
        ),
        coaches=(Shift(what="first/north", before="2", after=None),),
        rules=(RuleShift(id="mixed", before=None, after=MIXED),),
        scores=(0, 3),
    )
    print_difference(face, found, REGISTER, title="Compared")
    said = capsys.readouterr()
    data = difference_shape(found, REGISTER)

    assert "1 move, 1 join, 1 leave; cost 0 before, 3 after" in said.err
    assert ("Coaches" in said.out, "mixed" in said.out) == (True, True)
    assert [{"id": "2", "email": "ben@acme.example", "from": None, "to": "first/south"}] == data["people"][1:2]
    assert {"before": 0, "after": 3} == data["score"]


def test_no_difference_is_said(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """In a sentence, not as an empty table."""
    print_difference(face, PodsDifference(), REGISTER, title="Compared")

    assert "Compared: everybody stays where they are" in capsys.readouterr().err


def test_what_might_have_been(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """Pod, partner, cost and reasons; what is forbidden says so (R7)."""
    others = (
        Instead(what="first/south", partner="2", cost=4, rules=("mixed: 4 more",)),
        Instead(what="first/west", partner=None, cost=None, rules=("one-site forbids it",)),
    )
    print_others(face, ANA, "first/north", others, REGISTER.people)
    out = capsys.readouterr().out

    assert [True] * 4 == [word in out for word in ("sits in north; instead", "Ben Osei", "+4", "forbidden")]
    assert "first/north" == others_shape(ANA, "first/north", others, REGISTER.people)["pod"]


def test_of_very_many_pods_the_cheapest_are_listed(face: Face, capsys: pytest.CaptureFixture[str]) -> None:
    """A thousand lines answer nothing; how many were left out is said (R7)."""
    others = [Instead(what=f"first/p{at}", partner=None, cost=at, rules=()) for at in range(NEAREST + 1500)]
    print_others(face, ANA, "first/north", others, REGISTER.people)
    out, err = capsys.readouterr()

    assert [True, False] == [f" p{at} " in out for at in (NEAREST - 1, NEAREST)]
    assert "1,500 other pods are no cheaper; --json lists them all\n" == err
