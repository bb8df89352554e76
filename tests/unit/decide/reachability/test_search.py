"""Automations that can never do anything."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from convener.decide.moments.lateness import parse_late
from convener.decide.moments.triggers import parse_trigger
from convener.decide.reachability import World, impossible, unreachable
from convener.errors import Place, Problem
from convener.expressions import Compiled
from convener.model import Verb
from convener.rulesets.kinds import Require
from convener.rulesets.ruleset import AudienceWord, Automation, Rule, Step

Read = Callable[..., tuple[Compiled, ...]]
HELD = "1 day after session.held"


def problems(
    world: World,
    clauses: tuple[Compiled, ...] = (),
    *,
    on: str = HELD,
    audience: AudienceWord = "participant",
    late: str = "",
    via: tuple[str, ...] = ("email",),
) -> tuple[Problem, ...]:
    """Return why an automation of one step can do nothing."""
    step = Step(verb=Verb.SEND, what="hello", via=via)
    automation = Automation(
        id="hello", on=on, for_each=audience, steps=(step,), late=late, place=Place("x.toml", 7),
        places={"late": Place("x.toml", 8), "do": Place("x.toml", 9)},
    )  # fmt: skip
    return unreachable(automation, parse_trigger(on), clauses, parse_late(late), world)


def test_what_can_come_about_is_not_spoken_of(world: World, read: Read) -> None:
    """Nothing is told of a clause that could be true."""
    assert () == problems(world, read("participant.active", "session.status == 'held'", "attendance.present"))


def test_a_clause_that_is_never_true_is_told_at_its_place(world: World, read: Read) -> None:
    """R29: an automation that waits for ever is an error of its own (P14)."""
    (problem,) = problems(world, read("participant.active", "session.number < 1"))

    assert ("never-true", "error", Place("x.toml", 2, 9)) == (problem.code, problem.severity, problem.place)
    assert "automations.hello" == problem.owner


def test_a_clause_beyond_the_sessions_there_are_is_a_warning(world: World, read: Read) -> None:
    """It stands in the client's own file, where the programmes are known."""
    (problem,) = problems(world, read("session.number == 12"))

    assert ("never-true", "warning", "this programme has 9 sessions") == (
        problem.code,
        problem.severity,
        problem.hint,
    )


def test_a_pack_may_speak_of_a_session_that_a_longer_programme_has(world: World, read: Read) -> None:
    """Whoever extends it with a shorter one has done nothing wrong."""
    below = replace(world, ruleset=replace(world.ruleset, files=("x.toml", "acme.toml")))

    assert () == problems(below, read("session.number == 12"))
    assert "error" == problems(below, read("session.number < 1"))[0].severity


def test_two_clauses_against_each_other_are_both_named(world: World, read: Read) -> None:
    """The second has the problem, the first is named with its place."""
    (problem,) = problems(world, read("session.number > 3", "participant.active", "session.number < 3"))

    assert Place("x.toml", 3, 9) == problem.place
    assert "'session.number > 3' (x.toml:1:9) and 'session.number < 3' are never true together" in problem.message


def test_three_clauses_against_each_other(world: World, read: Read) -> None:
    """Where no two of them do, all of them are told."""
    (problem,) = problems(world, read("session.number % 2 == 0", "session.number % 3 == 0", "session.number != 6"))

    assert "its 3 clauses are never true together" in problem.message


@pytest.mark.parametrize(
    ("source", "on", "audience", "why"),
    [
        ("session.status == 'held'", "every monday at 08:00", "participant", "a rhythm is about no session"),
        ("attendance.present", "participant.joined", "participant", "'participant.joined' is about no session"),
        ("poll.open", HELD, "participant", "'session.held' is about no poll"),
        ("participant.active", HELD, "sponsor", "for_each = 'sponsor' is about no participant"),
    ],
)
def test_a_fact_that_is_never_known_is_told_with_the_reason(
    world: World, read: Read, source: str, on: str, audience: AudienceWord, why: str
) -> None:
    """R29: the moment or the audience does not give it."""
    (problem,) = problems(world, read(source), on=on, audience=audience)

    assert ("never-known", True) == (problem.code, why in problem.message)
    assert problem.hint


@pytest.mark.parametrize(
    ("on", "until", "is_late"),
    [
        ("1 hour after session.ends", "session.starts", True),
        ("1 hour after session.ends", "session.ends", True),
        ("1 hour after session.starts", "session.ends", False),
        ("1 day before session.starts", "session.starts", False),
        ("session.held", "session.starts", True),
        ("session.held", "poll.closes", False),
        ("2 days after session.ends, at 09:00", "programme.starts", True),
        ("3 hours after session.ends, at 09:00", "session.ends", False),
        ("1 week after programme.ends", "programme.starts", True),
        ("1 day after poll.closes", "poll.opened", True),
        ("every monday at 08:00", "session.starts", False),
    ],
)
def test_a_use_that_is_over_before_it_begins(world: World, on: str, until: str, is_late: bool) -> None:
    """R29: `late` names an instant that always lies before the moment."""
    found = problems(world, on=on, late=f"send until {until}")

    assert ["always-late"] * is_late == [problem.code for problem in found]
    assert {Place("x.toml", 8)} >= {problem.place for problem in found}


def test_a_sponsor_has_no_telephone(world: World) -> None:
    """Only their address is known, so that a text alone reaches none of them."""
    (problem,) = problems(world, audience="sponsor", via=("text",))

    assert ("no-recipient", Place("x.toml", 9)) == (problem.code, problem.place)
    assert () == problems(world, audience="sponsor", via=("text", "email"))
    assert () == problems(world, via=("text",))


def test_a_requirement_that_is_never_met_is_told(world: World, read: Read) -> None:
    """It would refuse every programme; the rule as a whole is wrong, so that nobody owns it."""
    terms = Require(each="session", require="session.number < 1")
    rule = Rule(id="ready", kind="require", inflexible=True, terms=terms, place=Place("x.toml"))

    (problem,) = impossible(rule, (), read("session.number < 1"), world)

    assert ("never-true", "") == (problem.code, problem.owner)
    assert () == impossible(rule, read("session.number > 1"), read("manager.known"), world)
