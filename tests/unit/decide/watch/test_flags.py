"""Flags over the register."""

import shlex
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from convener.cli.app import LazyCommands
from convener.cli.catalogue import COMMANDS
from convener.decide import decide
from convener.model import Flag, ParticipantStatus, Register
from convener.rulesets.ruleset import Rule, Waiver

NOW = datetime(2027, 1, 25, 9, tzinfo=UTC)
SUBJECTS = ("participant", "manager", "coach", "pod", "session", "programme")


def flagged(world: Any, register: Register, *rules: Rule, **more: Any) -> list[Flag]:
    """Return what *rules* flag now."""
    return list(decide(world.prepared(rules=rules, **more), register, NOW, NOW).flags)


def floor(world: Any, least: str) -> Rule:
    """Return a flexible floor."""
    made: Rule = world.rule("attendance-floor", inflexible=False, min=least, forward=True)
    return made


def test_attendance_below_the_floor_and_beyond_reach(world: Any) -> None:
    """A floor that can no longer be reached is worse than one that can."""
    register = world.register(attendance=world.attended("lead/north/1", ann="missed", ben="attended"))
    plan = replace(world.ruleset().sessions, count=4)

    (low,) = flagged(world, register, floor(world, "70%"), sessions=plan)
    (high,) = flagged(world, register, floor(world, "80%"), sessions=plan)

    assert ("low", "ann@acme.example", "acme/lead/attendance-floor/ann") == (low.severity, low.subject, low.id)
    assert "high" == high.severity
    assert "0 of 1 sessions" in high.text


def test_a_register_that_is_late_is_flagged_until_it_is_whole(world: Any) -> None:
    """R15: nobody is silently marked absent."""
    rule = world.rule("register-deadline", within="2 working days")
    part = world.attended("lead/north/1", ann="attended", ben="missed")
    whole = {**part, **world.attended("lead/north/1", cat="apologies")}

    assert ["register of lead/north/1: 1 of 3 not recorded"] == [
        f.text for f in flagged(world, world.register(attendance=part), rule)
    ]
    assert [] == flagged(world, world.register(attendance=whole), rule)


def test_who_is_away_needs_no_entry_in_the_register(world: Any) -> None:
    """R2: a secondment is not an absence."""
    register = world.register(attendance=world.attended("lead/north/1", ann="attended", ben="missed"))
    rows = [
        replace(row, status=ParticipantStatus.SECONDED) if row.person == "cat" else row for row in register.enrolments
    ]

    assert [] == flagged(
        world, replace(register, enrolments=tuple(rows)), world.rule("register-deadline", within="2 working days")
    )


def test_apologies_that_break_the_quorum_are_flagged(world: Any) -> None:
    """A session too few can come to needs a person before the day."""
    sorry = world.attended("lead/north/2", ann="apologies")
    rule = world.rule("quorum", members="75%", coach=True)

    assert ["lead/north/2"] == [flag.subject for flag in flagged(world, world.register(attendance=sorry), rule)]
    assert [] == flagged(world, world.register(), rule)
    assert ["high"] == [flag.severity for flag in flagged(world, world.register(coachings=()), rule)]


def test_a_pod_that_is_too_small_is_flagged(world: Any) -> None:
    """R27: inflexible and broken by people leaving is the worst kind."""
    flags = flagged(world, world.register(), world.rule("pod-size", min=4, target=5, max=6))

    assert [("high", world.pod)] == [(flag.severity, flag.subject) for flag in flags]


def test_a_waiver_lifts_the_flag_of_a_flexible_rule_while_it_lasts(world: Any) -> None:
    """P17: for its subject, from its first to its last day."""
    rule = world.rule("pod-size", inflexible=False, min=4, target=5, max=6)
    waiver = Waiver(
        id="W-1", rule="pod-size", subject={"pod": world.pod}, reason="r", approved_by="ops",
        since=date(2027, 1, 1), until=date(2027, 6, 30), place=world.place,
    )  # fmt: skip
    over = replace(waiver, until=date(2027, 1, 24))

    assert [] == flagged(world, world.register(), rule, waivers={"W-1": waiver})
    assert 1 == len(flagged(world, world.register(), rule, waivers={"W-1": over}))


def rich(world: Any) -> list[Flag]:
    """Return flags of every kind there is."""
    missed = {**world.attended("lead/north/1", ann="missed"), **world.attended("lead/north/2", ben="apologies")}
    held = world.event("attendance.recorded", "lead/north/1", datetime(2027, 1, 20, tzinfo=UTC), "ann")
    look = world.step("flag", "look at this")
    south = world.session(1, datetime(2027, 3, 2, 9, tzinfo=UTC), "lead/south")
    register = world.register(held, attendance=missed).with_session(south)
    rules = (
        world.rule("attendance-floor", min="70%"),
        world.rule("register-deadline", within="1 day"),
        world.rule("quorum", members="75%", coach=True),
        world.rule("pod-size", min=4, target=5, max=6),
        *(world.rule("require", identity=f"all-{each}", each=each, require="session.count > 2") for each in SUBJECTS),
    )
    prepared = world.prepared(
        world.automation("attendance.recorded", look, id="absent", when=["!attendance.present"]),
        world.automation("every monday at 08:00", look, id="weekly", for_each="manager"),
        world.automation("every monday at 08:00", look, id="small", for_each="pod"),
        world.automation("every day at 12:00", id="one"),
        world.automation("every day at 12:00", id="two"),
        world.automation("6 days after session.starts, at 07:00", id="late", late="ask"),
        rules=rules,
    )
    return list(
        decide(prepared, register, datetime(2027, 1, 24, 13, tzinfo=UTC), datetime(2027, 1, 25, 12, tzinfo=UTC)).flags
    )


def parse(settle: str) -> str:
    """Parse a command line without running it; return the command. What is missing or unknown raises."""
    program, name, *words = shlex.split(settle)
    command = LazyCommands()[name]
    if hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    command.make_context(name, words)
    return f"{program} {name}"


def test_flags_have_a_command_that_settles_them(world: Any) -> None:
    """R25: nothing needs a human without a command that exists, with all it requires."""
    flags = rich(world)

    kinds = {flag.id.split("/")[2] for flag in flags}
    named = {"attendance-floor", "register-deadline", "quorum", "pod-size"}
    assert named | {"absent", "weekly", "small", "late"} | {f"all-{each}" for each in SUBJECTS} == kinds
    assert {parse(flag.settle) for flag in flags} <= {f"convener {name}" for name in COMMANDS}


def test_flags_name_people_by_their_address(world: Any) -> None:
    """R25: an operator types addresses, not ids."""
    flags = rich(world)

    assert "ann@acme.example" in {flag.subject for flag in flags}
    assert set() == {"ann", "ben", "cat"} & {flag.subject for flag in flags}


def test_a_session_without_a_coach_is_settled_by_giving_it_one(world: Any) -> None:
    """R25: another date would not help."""
    flags = flagged(world, world.register(coachings=()), world.rule("quorum", members="75%", coach=True))

    assert {"convener change coach acme/lead/north COACH"} == {flag.settle for flag in flags}


def test_a_rule_under_audit_is_told_and_no_more(world: Any) -> None:
    """R27: what it would block, low, with the command that shows all of it."""
    rule = replace(world.rule("pod-size", inflexible=False, min=4, target=5, max=6), audited=True)
    (found,) = flagged(world, world.register(), rule)

    settle = "convener explain rule pod-size --impact --since 2026-12-01 --scope acme/lead"
    assert ("low", settle) == (found.severity, found.settle)
    assert "convener explain" == parse(found.settle)
    assert "lead/north has 3 members, fewer than 4; rule pod-size is under audit and would block it" == found.text


def test_unknown_is_undecided_or_fails_closed(world: Any) -> None:
    """R27: a flexible rule says what is missing, an inflexible one takes it as broken."""
    mild, strict = (
        world.rule("require", identity=name, inflexible=name == "strict", each="programme", require="pod.size > 2")
        for name in ("mild", "strict")
    )

    assert [
        ("low", "lead: pod.size > 2; not known: pod.size"),
        ("high", "lead: pod.size > 2; not known: pod.size"),
    ] == [(found.severity, found.text) for found in flagged(world, world.register(), mild, strict)]


def test_what_is_a_matter_of_degree_is_flagged_only_when_inflexible(world: Any) -> None:
    """R6: nobody can settle that three people come from two departments."""
    register = world.register()
    people = {name: replace(person, attributes={"team": "Sales"}) for name, person in register.people.items()}
    same = replace(register, people=people)

    assert [] == flagged(world, same, world.rule("mix", inflexible=False, by=["team"]))
    assert ["lead/north repeats team: Sales"] == [f.text for f in flagged(world, same, world.rule("mix", by=["team"]))]


def test_what_is_over_is_not_flagged(world: Any) -> None:
    """R25: nobody can move a session that has been."""
    past, ahead = (world.rule("blackout", inflexible=False, dates=[day]) for day in ("2027-01-19", "2027-03-02"))

    assert [] == flagged(world, world.register(), past)
    assert [("lead/north/2", "convener dates move acme/lead/north/2 --to ISO")] == [
        (found.subject, found.settle) for found in flagged(world, world.register(), ahead)
    ]
