"""Why a pod has its coach."""

from typing import Any

from convener.model import Coach
from convener.planning.pods.explanation.coaches import why_coached

PEOPLE: dict[str, dict[str, str]] = {"a": {}, "b": {}}
PODS = {"one": ["a"], "two": ["b"]}
COACHES = [Coach(id="ann@x", max_pods=2, accredited=frozenset({"pcc"}), years=4), Coach(id="bo@x"), Coach(id="cy@x")]


def test_load_zone_accreditation_and_who_else_could(ledger: Any, rule: Any) -> None:
    """R9: a coach in Tokyo is too far away to take a pod of Londoners; one who is full is not named."""
    rules = [rule("load", "coach-load", max_pods=1), rule("hours", "timezone-overlap", min="4 hours")]
    zones = {"cy@x": "Asia/Tokyo"}
    one, two = why_coached(ledger(rules, PEOPLE, PODS, coaches=COACHES, coached={"one": "ann@x"}, zones=zones))

    assert (
        "carries 1 pod in all, at most 1",
        "works in Europe/London, the programme's zone",
        "accredited for pcc, 4 years",
        "Bo@X could take it too",
    ) == one
    assert ("no coach is known yet",) == two


def test_where_nobody_else_is_free_it_says_so(ledger: Any, rule: Any) -> None:
    """R9: the only coach."""
    (one, _) = why_coached(ledger([], PEOPLE, PODS, coaches=COACHES[:1], coached={"one": "ann@x", "two": "ann@x"}))

    assert "carries 2 pods in all" == one[0]
    assert "nobody else is free to take it" == one[-1]
