"""From the question to the board."""

from datetime import date
from typing import Any

from convener.planning.pods.local.board import BREACH, FRAMES, HEADER, KIN, MIXES, PEOPLE, VALUES, ZONES
from convener.planning.pods.local.encoding import encode
from convener.planning.pods.question import pose
from convener.planning.pods.sizes import Frame


def test_the_board_holds_what_the_rules_look_at(make: Any) -> None:
    """R6: values nobody shares and zones that never clash take no room; knots are rings."""
    people = make.register({name: {"team": team} for name, team in zip("abcd", "xxyz", strict=True)})
    rules = make.ruleset(
        make.rule("mix", "mix", by=("team",), flexible=True, weight=5),
        make.rule("hours", "timezone-overlap", min="4 hours"),
        make.rule("pair", "together", pairs=(("a@acme.example", "c@acme.example"),)),
    )
    question = pose(rules, people, date(2026, 12, 1))

    cells = encode(question, [Frame(0, question.people, 2, 2)] * 2)

    assert [4, 2, 1, 1, 0] == [cells[at] for at in (PEOPLE, FRAMES, MIXES, VALUES, ZONES)]
    assert [2, 1, 0, 3] == [cells[cells[KIN] + person] for person in range(4)]
    assert cells[BREACH] > 5 * 4
    assert len(cells) > HEADER
