"""Seeded people."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from convener.decide.prepared import USUAL_STATUSES
from convener.operations.behaviour import Behaviour, weights_of
from convener.rulesets.kinds import StatusMeaning

PEOPLE = [f"p{number}@x.example" for number in range(8)]
ENDED = datetime(2027, 2, 3, 17, tzinfo=UTC)


def behaviour(seed: int) -> Behaviour:
    """Make people of one seed, with the statuses of a client without a table."""
    return Behaviour(seed, USUAL_STATUSES)


def test_one_seed_tells_one_story() -> None:
    """The same seed gives the same statuses, another seed others."""
    first = [behaviour(1).attendance(f"p/a/{number}", PEOPLE) for number in range(9)]

    assert first == [behaviour(1).attendance(f"p/a/{number}", PEOPLE) for number in range(9)]
    assert first != [behaviour(2).attendance(f"p/a/{number}", PEOPLE) for number in range(9)]


def test_engagement_is_seen_of_those_who_were_there() -> None:
    """Nobody who was absent has an engagement."""
    people = behaviour(3)
    statuses = people.attendance("p/a/4", PEOPLE)
    seen = people.engagement("p/a/4", statuses)

    assert {who for who, status in statuses.items() if people.is_there(status)} == set(seen)
    assert set(seen.values()) <= {1, 2, 3, 4, 5}


def test_registers_arrive_within_a_week() -> None:
    """A coach answers the next morning or after a chase, never before the session ended."""
    arrivals = [behaviour(seed).register_arrives("p/a/1", ENDED) for seed in range(50)]

    assert all(ENDED < arrival < ENDED + timedelta(days=7) for arrival in arrivals)
    assert 1 < len(set(arrivals))


def test_usual_words_are_as_often_as_in_the_recorded_registers() -> None:
    """Words that count for nothing are never drawn; the usual ones keep their weight beside others."""
    aside = {"not-applicable": StatusMeaning(counts=False, present=False)}
    table = {**USUAL_STATUSES, **aside, "made-up": StatusMeaning(counts=True, present=True)}

    assert {"attended": 84, "apologies": 8, "missed": 4} == weights_of(table)


def test_a_client_with_other_words_has_them_by_what_they_mean() -> None:
    """Those there and those away keep their share, divided by the words for it."""
    table = {
        "anwesend": StatusMeaning(counts=True, present=True),
        "online": StatusMeaning(counts=True, present=True),
        "fehlt": StatusMeaning(counts=True, present=False),
    }

    assert {"anwesend": 44, "online": 44, "fehlt": 12} == weights_of(table)


def test_a_table_in_which_nothing_counts_is_drawn_from_evenly() -> None:
    """Even then everybody has a status."""
    assert {"seen": 1} == weights_of({"seen": StatusMeaning(counts=False, present=True)})


def test_most_people_answer_a_poll_within_a_week() -> None:
    """Some never do; who does is later than the question."""
    answers = [behaviour(1).answers("pulse", "p/a/1", f"p{number}", ENDED) for number in range(200)]
    given = [answer for answer in answers if answer]

    assert 120 < len(given) < 180
    assert all(ENDED < answer < ENDED + timedelta(days=7) for answer in given)


def test_a_share_of_people_is_a_number_of_people() -> None:
    """Five percent of forty are two, and the same two each time."""
    people = [f"p{number}" for number in range(40)]
    leavers = behaviour(1).chosen("leave", people, Fraction(5, 100))

    assert (2, leavers) == (len(leavers), behaviour(1).chosen("leave", people[::-1], Fraction(5, 100)))
    assert [] == behaviour(1).chosen("leave", [], Fraction(1, 2))


def test_what_happens_to_somebody_happens_on_a_weekday() -> None:
    """A day is drawn between two; a weekend moves on to the Monday."""
    days = {behaviour(seed).weekday("leave", "p1", date(2027, 1, 4), date(2027, 3, 31)) for seed in range(60)}

    assert {0, 1, 2, 3, 4} == {day.weekday() for day in days}
    assert date(2027, 1, 4) <= min(days) <= max(days) <= date(2027, 4, 2)


def test_a_secondment_lasts_some_weeks() -> None:
    """Never so long that nobody comes back within the year."""
    assert {True} == {6 <= behaviour(seed).weeks_away("p1") < 19 for seed in range(60)}
