"""People who can only sit among themselves."""

from typing import Any

from convener.planning.pods.feasibility.blocks import blocks, by_sort, fits, neighbours, sort_of

REGIONS = {"a": {"region": "north"}, "b": {"region": "south"}, "c": {"region": "north"}, "d": {}}


def test_values_that_must_be_shared_make_blocks(crowd: Any, rule: Any) -> None:
    """R7: each region is a block with the pods it needs and can fill, and is named."""
    rules = [rule("size", "pod-size", min=1, target=1, max=1), rule("regions", "same", by=("region",))]
    found = blocks(crowd(rules, REGIONS))

    assert [("a", "c"), ("b",), ("d",)] == [block.people for block in found]
    assert [(2, 2), (1, 1), (1, 1)] == [(block.fewest, block.most) for block in found]
    assert ["north", "south", "no region"] == [block.label for block in found]


def test_zones_join_through_those_that_fit_both(crowd: Any, rule: Any) -> None:
    """R7: Lisbon and Athens are too far apart, but both fit Berlin, so all are one block."""
    zones = {"a": "Europe/Lisbon", "b": "Europe/Berlin", "c": "Asia/Dubai", "d": "Asia/Tokyo"}
    known = crowd([rule("hours", "timezone-overlap", min="5 hours")], {name: {} for name in "abcd"}, zones=zones)

    assert [("a", "b", "c"), ("d",)] == [block.people for block in blocks(known)]
    assert not fits(known, sort_of(known, "a"), sort_of(known, "c"))


def test_people_without_marks_are_of_one_sort(crowd: Any) -> None:
    """R7: nobody is told apart whom no rule tells apart."""
    assert [["a", "b"]] == list(by_sort(crowd([], {name: {} for name in "ab"})).values())


def test_neighbours_are_those_that_fit(crowd: Any, rule: Any) -> None:
    """R7: whether by looking up or by comparing, each sort has exactly those it fits, itself included."""
    people = {f"p{at}": {"region": "ns"[at % 2], "grade": ["", "1", "2"][at % 3]} for at in range(12)}
    rules = [rule("regions", "same", by=("region",)), rule("near", "similar", by=("grade",))]
    known = crowd(rules, people)
    sorts = list(by_sort(known))
    near = neighbours(known, sorts)

    assert {sort: {other for other in sorts if fits(known, sort, other)} for sort in sorts} == {
        sort: set(others) for sort, others in near.items()
    }
