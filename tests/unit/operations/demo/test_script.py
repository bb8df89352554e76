"""The story of the demo."""

from convener.operations.demo.script import OPENING, turns


def test_the_year_has_a_leaver_a_secondment_a_new_manager_a_move_and_a_return(live) -> None:
    """Five things happen, in order, after the programme opened (R2)."""
    found = turns(live.register)

    assert 5 == len(found)
    assert sorted(turn.at for turn in found) == [turn.at for turn in found]
    assert found[0].at > OPENING


def test_every_turn_can_happen_and_says_what_it_did(live) -> None:
    """Each turn goes through the real change and tells it in words."""
    told = []
    for turn in turns(live.register):
        live.clock.move_to(turn.at)
        told.append(turn.happen(live.workspace))

    assert "one participant withdraws" == told[0]
    assert "moves to" in told[3]
    assert ["participant.withdrawn", "participant.seconded"] == [
        event.name for event in live.register.events if event.name in {"participant.withdrawn", "participant.seconded"}
    ]
