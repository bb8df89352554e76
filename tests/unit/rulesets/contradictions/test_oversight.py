"""Rules over a live programme."""

from collections.abc import Callable

import pytest

from convener.errors import Problem

Say = Callable[..., list[Problem]]


def quiet(name: str, begin: str, end: str) -> tuple[str, str, str, str]:
    """Return a rule about hours in which nothing is sent."""
    return name, "quiet-hours", "inflexible", f'from = "{begin}"\nto = "{end}"'


def sees(name: str, fields: str, audience: str = "sponsor") -> tuple[str, str, str, str]:
    """Return a rule about what somebody may see."""
    return name, "visibility", "inflexible", f'audience = "{audience}"\nfields = [{fields}]'


@pytest.mark.parametrize(
    ("rules", "severities"),
    [
        ([quiet("a", "18:00", "08:00"), quiet("b", "08:00", "18:00")], ["error"]),
        ([quiet("a", "18:00", "08:00"), quiet("b", "08:01", "18:00")], []),
        ([quiet("a", "00:00", "09:00"), quiet("b", "09:00", "17:00"), quiet("c", "16:00", "00:00")], ["error"]),
        ([sees("a", '"pod.name"'), sees("b", '"session.date"')], ["warning"]),
        ([sees("a", '"pod.name"'), sees("b", '"pod.*"')], []),
        ([sees("a", '"pod.name"'), sees("b", '"session.date"', "manager")], []),
        ([("s", "pod-size", "inflexible", "min = 2\ntarget = 2\nmax = 2"),
          ("g", "minimum-group", "inflexible", "min = 3")], ["warning"]),
        ([("s", "pod-size", "inflexible", "min = 2\ntarget = 2\nmax = 3"),
          ("g", "minimum-group", "inflexible", "min = 3")], []),
    ],
)  # fmt: skip
def test_what_leaves_nothing_to_send_or_show(
    say: Say, rules: list[tuple[str, str, str, str]], severities: list[str]
) -> None:
    """R27: certain for every hour and every field there is."""
    found = say(*rules)

    assert severities == [str(problem.severity) for problem in found]
    assert {"contradiction"} >= {problem.code for problem in found}


def test_quiet_without_an_end_is_no_quiet(say: Say) -> None:
    """From a time to the same time would be all day and every day."""
    (problem,) = say(quiet("a", "20:00", "20:00"))

    assert ("bad-value", "quiet from 20:00 to 20:00 would never end") == (problem.code, problem.message)
