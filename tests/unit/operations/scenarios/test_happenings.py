"""Reading what happens in a step."""

import pytest

from convener.decide.stage.happenings import Answered, GoLive
from convener.model import (
    CancelSession,
    MovePod,
    MoveSession,
    NewManager,
    Promote,
    Return,
    Second,
    SwapCoach,
    Withdraw,
)
from convener.operations.scenarios.suite import RegisterIn

WORLD = """\
given.pods.south = {}
given.coaches = { cox = {}, dot = {} }
given.sessions."north/1" = "Tue 2027-02-09 09:00"
"""


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ('withdraw = "ann"', Withdraw),
        ('withdraw = { who = "ann", on = 2027-02-03 }', Withdraw),
        ('second = { who = "ann", timezone = "Asia/Dubai", pod = "south" }', Second),
        ('return = "ann"', Return),
        ('return = { who = "ann", pod = "south" }', Return),
        ('promote = { who = "ann", attributes = { grade = "8b" }, manager = "max" }', Promote),
        ('manager = { who = "ann", to = "max" }', NewManager),
        ('pod = { who = "ann", to = "south" }', MovePod),
        ('coach = { pod = "north", to = "dot" }', SwapCoach),
        ('session = { which = "north/1", to = "2027-02-10 09:00" }', MoveSession),
        ('cancel = "north/1"', CancelSession),
        ('attendance = { session = "north/1", statuses = { ann = "missed" }, others = "attended" }', RegisterIn),
        ("go = true", GoLive),
    ],
)
def test_every_key_is_a_change_register_or_answer(bench, written: str, kind: type) -> None:
    """Names become ids, days default to that of the step."""
    step = f'steps = [{{ at = "Wed 2027-02-03 09:00", {written} }}]\n'
    scenario = bench.scenario(bench.reminded.replace("until", f"{WORLD}{step}until").replace(", 2", ""))

    assert kind is type(scenario.steps[0].happening)


def test_a_manager_is_named_with_their_address(bench) -> None:
    """A new manager and a promotion say whom they mean."""
    step = 'steps = [{ at = "2027-02-03 09:00", manager = { who = "ann", to = "max" } }]\n'
    happening = bench.scenario(bench.reminded.replace("until", f"{step}until")).steps[0].happening

    assert ("Max", "max@client.example", "2027-02-03") == (happening.name, happening.email, str(happening.on))


def test_an_answer_is_to_a_poll_of_the_rules(bench) -> None:
    """About the programme unless it says which session."""
    pack = (bench.folder / "rulesets" / "house.toml").read_text(encoding="utf-8")
    bench.write("house.toml", pack + '\n[polls.dates]\nkind = "dates"\ncloses = "10 days"\n')
    step = 'steps = [{ at = "2027-02-03 09:00", answer = { poll = "dates", who = "ann" } }]\n'
    scenario = bench.scenario(bench.reminded.replace("until", f"{step}until"))

    assert Answered(poll="dates", subject="first", person="ann") == scenario.steps[0].happening


def test_unknown_names_are_told(bench) -> None:
    """A person, a session and a status."""
    step = 'steps = [{ at = "2027-02-03 09:00", attendance = { session = 7, statuses = { zoe = "here" } } }]\n'
    told = bench.told(bench.head + bench.reminded.replace("until", f"{step}until"))

    assert {"unknown-session", "unknown-person", "unknown-status"} == {each.split()[1].strip(":") for each in told}
