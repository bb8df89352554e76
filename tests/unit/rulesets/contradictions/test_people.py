"""Rules about who sits with whom."""

from collections.abc import Callable

import pytest

from convener.errors import Problem

Say = Callable[..., list[Problem]]
PAIR = 'pairs = [["{}@x.example", "{}@x.example"]]'
TOGETHER = ("tie", "together", "inflexible", PAIR.format("ana", "ben"))
SAME = ("a", "same", "inflexible", 'by = ["region"]')
SIZES = "min = {}\ntarget = {}\nmax = {}"


def size(name: str, low: int, high: int, flexibility: str = "inflexible") -> tuple[str, str, str, str]:
    """Return a rule about the size of pods."""
    return name, "pod-size", flexibility, SIZES.format(low, low, high)


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ([size("a", 3, 4), size("b", 5, 6)], ["contradiction"]),
        ([size("a", 3, 5), size("b", 5, 6)], []),
        ([SAME, ("b", "mix", "inflexible", 'by = ["region"]')], ["contradiction"]),
        ([SAME, ("b", "mix", "inflexible", 'by = ["grade"]')], []),
        ([TOGETHER, ("b", "apart", "inflexible", PAIR.format("BEN", "ana"))], ["contradiction"]),
        ([TOGETHER, ("b", "apart", "inflexible", PAIR.format("ana", "cleo"))], []),
        ([TOGETHER, ("b", "together", "inflexible", PAIR.format("ben", "cleo")),
          ("c", "apart", "inflexible", PAIR.format("ana", "cleo"))], ["contradiction"]),
        ([TOGETHER, ("b", "together", "inflexible", PAIR.format("ben", "cleo")), size("c", 2, 2)], ["contradiction"]),
        ([TOGETHER, size("c", 2, 2)], []),
    ],
)  # fmt: skip
def test_what_nobody_could_be_seated_by(say: Say, rules: list[tuple[str, str, str, str]], code: list[str]) -> None:
    """R27: only what is certain whoever the people are."""
    assert code == [problem.code for problem in say(*rules)]


def test_both_places_are_named(say: Say) -> None:
    """The problem stands at the later rule and names the earlier one."""
    (problem,) = say(size("small", 3, 4), size("large", 5, 6))

    assert "rulesets/harbour.toml:24:1" == str(problem.place)
    assert "rule 'large' against rule 'small' (rulesets/harbour.toml:18:1)" in problem.message


def test_a_chain_is_named_whole(say: Say) -> None:
    """Who sits together through others is told with every rule on the way."""
    (problem,) = say(
        TOGETHER,
        ("more", "together", "inflexible", PAIR.format("ben", "cleo")),
        ("off", "apart", "inflexible", PAIR.format("cleo", "ana")),
    )

    assert all(f"rule {name!r}" in problem.message for name in ("tie", "more", "off"))


def test_a_flexible_rule_in_the_way_is_a_warning(say: Say) -> None:
    """It can never be kept, but nothing has to be refused for it."""
    (problem,) = say(size("small", 3, 4), size("large", 5, 6, "flexible"))

    assert ("contradiction", "warning") == (problem.code, problem.severity)


def test_an_inflexible_chain_is_found_beside_a_shorter_flexible_one(say: Say) -> None:
    """What refuses is told as an error, though a flexible rule says the same on a shorter way."""
    found = say(
        ("soft", "together", "flexible", PAIR.format("ana", "cleo")),
        TOGETHER,
        ("more", "together", "inflexible", PAIR.format("ben", "cleo")),
        ("off", "apart", "inflexible", PAIR.format("ana", "cleo")),
    )

    assert ["error"] == [str(problem.severity) for problem in found]
