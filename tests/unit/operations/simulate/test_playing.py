"""Playing a year, and that it is what would happen."""

from datetime import UTC, datetime, timedelta

import pytest

from convener.decide.stage.happenings import Attended, GoLive
from convener.decide.stage.play import Stage
from convener.model import DispatchState, MoveSession, Withdraw
from convener.operations import attendance
from convener.operations.behaviour import Behaviour
from convener.operations.change import change
from convener.operations.delivery import deliver
from convener.operations.ledger import rows
from convener.operations.simulate.players import Players
from convener.operations.simulate.playing import Run
from convener.operations.simulate.turns import Turn, same
from convener.operations.tick import tick

SCOPE = "northern-health/primary-care"
START = datetime(2026, 12, 7, 9, tzinfo=UTC)


def nobody(_: datetime) -> None:
    """Hear how far it has come."""


def once(what):
    """Return what makes *what* happen."""
    return lambda stage: same(what, stage)


def run(stage, *turns: Turn, players=None, until=datetime(2027, 6, 1, tzinfo=UTC)) -> list:
    """Play *stage* through *turns* and return its beats."""
    return Run(stage=stage, players=players, until=until, tell=nobody).play(turns)


def test_what_is_written_happens_in_order_and_nothing_after_the_end(stage, at) -> None:
    """Turns beyond the end never come."""
    move = MoveSession(session="lead/north/2", starts=at("2027-03-03T09:00"))
    leave = Withdraw(person="1", on=at("2027-02-01").date())
    beats = run(
        stage, Turn(at("2027-02-01T09:00"), once(leave)), Turn(at("2027-01-04T09:00"), once(move)),
        Turn(at("2027-07-01T09:00"), once(leave)),
    )  # fmt: skip

    assert [move, leave] == [beat.happening for beat in beats if beat.happening]
    assert sorted(beat.at for beat in beats) == [beat.at for beat in beats]


def test_people_act_on_what_they_get(stage, prepared) -> None:
    """Registers follow sessions and answers follow polls, and what follows from those goes out."""
    beats = run(stage, players=Players(behaviour=Behaviour(1, prepared.statuses)))
    happenings = {type(beat.happening).__name__ for beat in beats if beat.happening}
    automations = {dispatch.automation for beat in beats for dispatch in beat.dispatches}

    assert {"Attended", "Answered"} == happenings
    assert {"manager-toolkit", "pulse", "remind"} <= automations


def test_without_people_nothing_is_made_up(stage) -> None:
    """Sessions pass, and no register comes."""
    assert [] == [beat for beat in run(stage) if beat.happening]


def test_what_cannot_happen_is_told_with_its_place_and_the_play_goes_on(draft_stage, at) -> None:
    """A stranger's withdrawal is a refusal, with the line that asked for it."""
    stranger = Withdraw(person="zoe@acme.example", on=at("2027-01-04").date())
    beats = run(
        draft_stage,
        Turn(at("2027-01-04T09:00"), once(stranger), None),
        Turn(at("2027-01-05T09:00"), once(GoLive())),
        Turn(at("2027-01-06T09:00"), once(GoLive())),
    )
    refused = [beat.refused for beat in beats if beat.refused]

    assert ["there is no person 'zoe@acme.example' in acme/lead", "acme/lead is live already"] == refused
    assert any(beat.dispatches for beat in beats)


@pytest.mark.timeout(120)
def test_what_was_rehearsed_is_what_happens(live) -> None:
    """N1: a rehearsed winter of the northern programme sends what tick and deliver send, key for key."""
    prepared = live.workspace.rules.prepared(SCOPE)
    stage = Stage.of(prepared, live.register, START)
    someone = min(row.person for row in live.register.enrolments)
    leave = Withdraw(person=someone, on=datetime(2027, 1, 11, tzinfo=UTC).date())
    coaches = Players(behaviour=Behaviour(1, prepared.statuses))
    registers = sorted(coaches.registers(stage, stage.register.sessions.values()))
    until = registers[0].at + timedelta(days=2)
    beats = run(stage, Turn(datetime(2027, 1, 11, 8, 5, tzinfo=UTC), once(leave)), *registers, until=until)
    happened = [(beat.at, beat.happening) for beat in beats if beat.happening]
    _live_through(live, happened, until)
    sent = {dispatch.key for beat in beats for dispatch in beat.dispatches}
    arrived = [Attended for register in registers if register.at <= until]

    assert [Withdraw, *arrived] == [type(what) for _, what in happened]
    assert {row.dispatch.key for row in rows(live.workspace) if row.state is DispatchState.SENT} == sent


def _live_through(world, happened: list, until: datetime) -> None:
    """Let the same happen in life: the clock jumps from one thing that is due to the next."""
    while world.clock.now() <= until:
        due = tick(world.workspace, at=world.clock.now()).next_due
        deliver(world.workspace, at=world.clock.now())
        with world.workspace.store.begin() as tx:
            stops = [due, tx.next_delivery(), until + timedelta(seconds=1), *(instant for instant, _ in happened)]
        world.clock.move_to(min(stop for stop in stops if stop is not None and stop > world.clock.now()))
        for what in [what for instant, what in happened if instant == world.clock.now()]:
            if isinstance(what, Attended):
                attendance.record(world.workspace, f"northern-health/{what.session}", what.statuses)
            else:
                change(world.workspace, SCOPE, what)
