"""What inflexible rules ask of each person."""

from typing import Any

FOUR: dict[str, dict[str, str]] = {"ana": {"team": "x"}, "ben": {"team": "x"}, "cy": {"team": "y"}, "dee": {}}


def test_each_kind_tells_who_cannot_sit_together(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: apart, same, mix and too few common hours are told in words, with the rule."""
    zones = {"cy": "Asia/Tokyo"}
    apart = crowd([rule("rivals", "apart", pairs=pairs("ana-ben"))], FOUR)
    same = crowd([rule("teams", "same", by=("team",))], FOUR)
    mixed = crowd([rule("mixed", "mix", by=("team",))], FOUR)
    hours = crowd([rule("hours", "timezone-overlap", min="2 hours")], FOUR, zones=zones)

    assert "Ana and Ben must be apart (rule rivals)" == apart.clash("ana", "ben")
    assert "Ana and Cy differ in team: x and y (rule teams)" == same.clash("ana", "cy")
    assert "Ana and Ben must not share team x (rule mixed)" == mixed.clash("ana", "ben")
    assert "in Asia/Tokyo and Europe/London (rule hours)" in str(hours.clash("ana", "cy"))
    assert [None, None] == [mixed.clash("ana", "cy"), hours.clash("ana", "ben")]


def test_an_unknown_value_is_a_value_to_same_alone(crowd: Any, rule: Any) -> None:
    """R7: who has no value sits apart under an inflexible `same`, anywhere under `similar`."""
    same = crowd([rule("teams", "same", by=("team",))], FOUR)
    similar = crowd([rule("near", "similar", by=("team",))], FOUR)

    assert "Ana and Dee differ in team: x and none (rule teams)" == same.clash("ana", "dee")
    assert similar.clash("ana", "dee") is None
    assert similar.clash("ana", "cy") is not None


def test_flexible_rules_ask_nothing(crowd: Any, rule: Any, pairs: Any) -> None:
    """R7: only inflexible rules can conflict."""
    free = crowd([rule("rivals", "apart", flexible=True, pairs=pairs("ana-ben"))], FOUR)

    assert free.clash("ana", "ben") is None
    assert (1, 4) == (free.least, free.most)


def test_long_lists_of_people_are_cut(crowd: Any) -> None:
    """R7: a sentence names six people and counts the rest."""
    many = crowd([], {f"p{at}": {} for at in range(9)})

    assert "P0, P1, P2, P3, P4, P5 and 3 more" == many.listed(many.question.people)
