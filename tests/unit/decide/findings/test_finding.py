"""What one rule comes to for one subject."""

from datetime import date
from typing import Any

from convener.decide.findings import Finding
from convener.decide.findings.finding import listed, named


def finding(world: Any, **more: Any) -> Finding:
    """Make a finding over the pod."""
    defaults = {"subject": world.pod, "breached": True, "text": "too small", "names": named(world.pod)}
    return Finding(rule=world.rule("holidays"), day=date(2027, 1, 4), **{**defaults, **more})


def test_the_key_is_what_stays_the_same(world: Any) -> None:
    """A finding before and after a change is recognised, however it is worded."""
    assert finding(world, text="one").key == finding(world, text="two").key
    assert finding(world, mark="above").key != finding(world, mark="below").key


def test_what_is_not_known_is_open_and_says_what_is_missing(world: Any) -> None:
    """R27: unknown is not kept."""
    unknown = finding(world, breached=None, missing=("grade of ann",))

    assert [True, True, False] == [each.is_open for each in (unknown, finding(world), finding(world, breached=False))]
    assert ["too small; not known: grade of ann", "too small"] == [unknown.said, finding(world).said]


def test_words_in_order() -> None:
    """Names without the empty ones, and lists for reading."""
    assert ({"a"}, "none, b, c") == (named("a", "", None), listed(["c", "", "b"]))
