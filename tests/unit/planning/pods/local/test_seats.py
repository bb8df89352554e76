"""Where everyone sits at first."""

from datetime import date
from typing import Any

from convener.planning.pods.division import Division
from convener.planning.pods.local.encoding import encode
from convener.planning.pods.local.seats import division_of, first_seats
from convener.planning.pods.question import pose
from convener.planning.pods.sizes import Frame

DAY = date(2026, 12, 1)


def test_neighbours_sit_together_at_first(make: Any) -> None:
    """R6: people fill pods in the order of their zones, pairs at once, to the sizes of the frames."""
    zones = {"a": "Asia/Tokyo", "b": "Europe/London", "c": "Asia/Tokyo", "d": "Europe/London", "e": "Europe/London"}
    people = make.register({name: {} for name in zones}, zones=zones)
    pair = make.rule("pair", "together", pairs=(("b@acme.example", "e@acme.example"),))
    question = pose(make.ruleset(pair), people, DAY)
    frames = [Frame(0, question.people, 3, 3), Frame(0, question.people, 2, 2)]

    seats = first_seats(question, frames, None, encode(question, frames))

    assert (("b", "d", "e"), ("a", "c")) == division_of(question, seats).members


def test_newcomers_fill_the_smallest_pods(make: Any) -> None:
    """R6: a start keeps everyone it seats, also when it seats not everyone."""
    question = pose(make.ruleset(), make.register({name: {} for name in "abcde"}), DAY)
    frames = [Frame(0, question.people, 1, 4)] * 2
    start = Division((("b", "c", "gone"), ("d",)), (None, None))

    seats = first_seats(question, frames, start, encode(question, frames))

    assert {"b": 0, "c": 0, "d": 1}.items() <= dict(zip(question.people, seats[0], strict=True)).items()
    assert [2, 3] == sorted(seats[0].count(at) for at in range(2))
