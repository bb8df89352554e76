"""Seeded people."""

from datetime import UTC, datetime, timedelta

from convener.operations.demo.behaviour import PRESENT, Behaviour

PEOPLE = [f"p{number}@x.example" for number in range(8)]
ENDED = datetime(2027, 2, 3, 17, tzinfo=UTC)


def test_one_seed_tells_one_story() -> None:
    """The same seed gives the same statuses, another seed others."""
    first = [Behaviour(1).statuses(f"p/a/{number}", PEOPLE) for number in range(9)]

    assert first == [Behaviour(1).statuses(f"p/a/{number}", PEOPLE) for number in range(9)]
    assert first != [Behaviour(2).statuses(f"p/a/{number}", PEOPLE) for number in range(9)]


def test_engagement_is_seen_of_those_who_were_there() -> None:
    """Nobody who was absent has an engagement."""
    behaviour = Behaviour(3)
    statuses = behaviour.statuses("p/a/4", PEOPLE)
    seen = behaviour.engagement("p/a/4", statuses)

    assert {who for who, status in statuses.items() if status in PRESENT} == set(seen)
    assert set(seen.values()) <= {1, 2, 3, 4, 5}


def test_registers_arrive_within_a_week() -> None:
    """A coach answers the next morning or after a chase, never before the session ended."""
    arrivals = [Behaviour(seed).register_arrives("p/a/1", ENDED) for seed in range(50)]

    assert all(ENDED < arrival < ENDED + timedelta(days=7) for arrival in arrivals)
    assert 1 < len(set(arrivals))
