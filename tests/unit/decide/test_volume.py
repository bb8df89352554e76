"""The volume guard."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from convener.decide import Prepared, decide
from convener.decide.volume import guard
from convener.model import Plan, Register, Span
from convener.model.traffic import Traffic
from convener.rulesets.ruleset import Rule, Waiver

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
DAY = "2027-01-11"


def planned(
    world: Any, *rules: Rule, count: int = 3, register: Register | None = None, **more: Any
) -> tuple[Prepared, Register, Plan]:
    """Plan a morning on which each of three participants gets *count* messages, one a minute."""
    automations = [world.automation(f"every day at 08:{minute:02}", id=f"m{minute}") for minute in range(count)]
    prepared = world.prepared(*automations, rules=rules, **more)
    given = register or world.register()
    return prepared, given, decide(prepared, given, datetime(2027, 1, 11, 7, tzinfo=UTC), NOW)


def test_what_goes_beyond_the_daily_cap_is_held_the_latest_first(world: Any) -> None:
    """P2: two of three go, the third waits for a person, and a flag with the command says so."""
    rule = world.rule("volume-guard", per_person_per_day=2)
    prepared, register, plan = planned(world, rule)

    made = guard(prepared, register, plan, Traffic())

    assert {f"acme/lead/m2/send.reminder.email/lead/{DAY}T08:02/{who}" for who in ("ann", "ben", "cat")} == set(
        made.held
    )
    assert {"volume-guard"} == set(made.held.values())
    assert plan.dispatches == made.dispatches
    (first, *_) = made.flags
    assert ("ann@acme.example", "Ann Hall: 1 message waits, volume-guard allows 2 a day") == (first.subject, first.text)
    assert f"convener ledger retry {min(made.held)}" == first.settle


def test_what_other_clients_sent_to_the_address_counts(world: Any) -> None:
    """P2: a person has one day, however many programmes write to them; letter case does not make another."""
    rule = world.rule("volume-guard", per_person_per_day=2)
    register = world.register()
    people = {**register.people, "ann": replace(register.people["ann"], email="Ann@Acme.example")}
    prepared, register, plan = planned(world, rule, count=1, register=replace(register, people=people))
    traffic = Traffic(per_day={("ann@acme.example", DAY): 2, ("ben@acme.example", "2027-01-10"): 9})

    held = guard(prepared, register, plan, traffic).held

    assert ["ann"] == [key.rpartition("/")[2] for key in held]


def test_a_waiver_lifts_the_cap_for_a_person(world: Any) -> None:
    """R27: flexible, for a reason, until a day."""
    rule = world.rule("volume-guard", inflexible=False, per_person_per_day=2)
    waiver = Waiver(
        id="W-1", rule=rule.id, subject={"participant": "ann@acme.example"}, reason="catching up",
        approved_by="ops", since=date(2027, 1, 1), until=date(2027, 1, 31), place=world.place,
    )  # fmt: skip
    prepared, register, plan = planned(world, rule, waivers={"W-1": waiver})

    held = guard(prepared, register, plan, Traffic()).held

    assert ["ben", "cat"] == sorted(key.rpartition("/")[2] for key in held)


def test_a_day_many_times_the_usual_is_held_whole(world: Any) -> None:
    """P2: a slip in a rule file does not reach everybody before somebody has looked."""
    rule = world.rule("volume-guard", plan_over_median=5)
    prepared, register, plan = planned(world, rule)
    usual, busy, short = Traffic(days=(1,) * 9), Traffic(days=(4,) * 9), Traffic(days=(1,) * 4)

    assert {d.key for d in plan.dispatches} == set(guard(prepared, register, plan, usual).held)
    assert ["acme/lead/volume-guard/ann", "acme/lead/volume-guard/ben", "acme/lead/volume-guard/cat"] == [
        flag.id for flag in guard(prepared, register, plan, usual).flags
    ]
    assert {} == guard(prepared, register, plan, busy).held
    assert {} == guard(prepared, register, plan, short).held


def test_what_went_out_earlier_in_the_day_counts_to_its_volume(world: Any) -> None:
    """P2: a flood in small plans is a flood."""
    rule = world.rule("volume-guard", plan_over_median=5)
    prepared, register, plan = planned(world, rule, count=1)

    assert {} == guard(prepared, register, plan, Traffic(days=(2,) * 9)).held
    assert 3 == len(guard(prepared, register, plan, Traffic(days=(2,) * 9, today=20)).held)


def test_one_message_for_everybody_is_not_unusual(world: Any) -> None:
    """P2: a quiet month and then a reminder to all is how programmes are."""
    rule = world.rule("volume-guard", plan_over_median=1.5)
    prepared, register, plan = planned(world, rule, count=1)

    assert {} == guard(prepared, register, plan, Traffic(days=(1,) * 30)).held


def test_a_flag_stands_as_long_as_anything_is_held(world: Any) -> None:
    """P2: at the next tick the ledger knows what is held, and the flag is the same one."""
    rule = world.rule("volume-guard", per_person_per_day=2)
    prepared, register, plan = planned(world, rule)
    made = guard(prepared, register, plan, Traffic())

    later = guard(prepared, register, Plan(since=NOW, until=NOW, next_due=None), Traffic(held=made.held))

    assert [flag.id for flag in made.flags] == [flag.id for flag in later.flags]
    assert {} == later.held


def test_many_held_people_are_one_flag(world: Any) -> None:
    """Ops read one line for one cause."""
    rule = world.rule("volume-guard", per_person_per_day=2)
    held = {f"acme/lead/a/send.x.email/lead/s/p{number}": rule.id for number in range(40)}
    empty = Plan(since=NOW, until=NOW, next_due=None)

    made = guard(world.prepared(rules=(rule,)), world.register(), empty, Traffic(held=held))

    assert ["40 messages to 40 people wait: more than volume-guard takes for usual"] == [f.text for f in made.flags]
    assert ["convener ledger retry --held acme/lead"] == [f.settle for f in made.flags]


def test_several_messages_to_one_person_are_let_go_together(world: Any) -> None:
    """The command of a flag settles all that the flag speaks of."""
    rule = world.rule("volume-guard", per_person_per_day=2)
    held = {f"acme/lead/a{number}/send.x.email/lead/s/ann": rule.id for number in range(2)}
    empty = Plan(since=NOW, until=NOW, next_due=None)

    (flag,) = guard(world.prepared(rules=(rule,)), world.register(), empty, Traffic(held=held)).flags

    assert "Ann Hall: 2 messages wait, volume-guard allows 2 a day" == flag.text
    assert "convener ledger retry --held acme/lead" == flag.settle


def test_a_guard_under_audit_holds_nothing_and_says_what_it_would(world: Any) -> None:
    """R27: a rule on trial blocks nothing."""
    rule = replace(world.rule("volume-guard", inflexible=False, per_person_per_day=2), audited=True)
    prepared, register, plan = planned(world, rule)

    made = guard(prepared, register, plan, Traffic())

    assert {} == made.held
    assert ["volume-guard is under audit and would hold 3 messages to 3 people"] == [flag.text for flag in made.flags]


def test_late_messages_count_on_the_day_they_go_out(world: Any) -> None:
    """P7: after two days of downtime, what goes out today is today's."""
    rule = world.rule("volume-guard", per_person_per_day=1)
    events = [
        world.event("participant.joined", "lead", datetime(2027, 1, day, 12, tzinfo=UTC), "ann") for day in (9, 10)
    ]
    prepared = world.prepared(world.automation("participant.joined"), rules=(rule,))
    register = world.register(*events)
    plan = decide(prepared, register, datetime(2027, 1, 9, 11, tzinfo=UTC), NOW)

    assert 2 == len(plan.dispatches)
    assert 1 == len(guard(prepared, register, plan, Traffic()).held)


def test_silence_is_flagged_and_wakes(world: Any) -> None:
    """R28: an automation that should be heard each week is missed after it; the guard says when to look next."""
    report = world.automation(
        "every monday at 08:00", id="weekly", for_each="sponsor", expect_every=Span.parse("1 week")
    )
    prepared, register = world.prepared(report), world.register()
    empty = Plan(since=NOW, until=NOW, next_due=None)

    silent = guard(prepared, register, empty, Traffic())
    heard = guard(prepared, register, empty, Traffic(last={"weekly": datetime(2027, 1, 7, 8, tzinfo=UTC)}))

    assert ["acme/lead/weekly/silent"] == [flag.id for flag in silent.flags]
    assert () == heard.flags
    assert datetime(2027, 1, 14, 8, 0, 1, tzinfo=UTC) == heard.next_due
