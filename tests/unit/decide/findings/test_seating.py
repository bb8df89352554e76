"""Rules about who sits with whom."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from convener.decide.findings import Finding, ground_of
from convener.decide.findings.seating import seating
from convener.model import Coach, Coaching, Commitment, Management, Membership, Pod, Register
from convener.rulesets.ruleset import Rule

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
DAY = NOW.date()


def measured(world: Any, register: Register, *rules: Rule, commitments: tuple[Commitment, ...] = ()) -> list[Finding]:
    """Return what *rules* come to."""
    return list(seating(ground_of(world.prepared(rules=rules), register, NOW, commitments=commitments)))


def broken(
    world: Any, register: Register, *rules: Rule, commitments: tuple[Commitment, ...] = ()
) -> list[tuple[str, str, str]]:
    """Return rule, subject and mark of each breach."""
    return [found.key for found in measured(world, register, *rules, commitments=commitments) if found.breached]


def test_sizes(world: Any) -> None:
    """R6: fewer than the least and more than the most are two breaches."""
    few, many = world.rule("pod-size", min=4, target=5, max=6), world.rule("pod-size", min=1, target=2, max=2)

    assert [("pod-size", "lead/north", "below")] == broken(world, world.register(), few)
    assert [("pod-size", "lead/north", "above")] == broken(world, world.register(), many)


def test_the_same_region(world: Any) -> None:
    """R6: everyone of a pod shares the value."""
    register = world.register()
    regions = {"ann": "Durham", "ben": "Durham", "cat": "Cumbria"}
    people = {n: replace(p, attributes={"region": regions.get(n, "")}) for n, p in register.people.items()}

    assert 1 == len(broken(world, replace(register, people=people), world.rule("same", by=["region"])))
    south = {n: replace(p, attributes={"region": "Durham"}) for n, p in register.people.items()}
    assert [] == broken(world, replace(register, people=south), world.rule("same", by=["region"]))


def test_managers_and_reports_and_named_pairs_sit_apart(world: Any) -> None:
    """R6: by the manager's address, whatever id the manager has as a participant."""
    register = world.register()
    row = Management(person="ann", manager="ben@acme.example", since=date(2026, 11, 1))
    managed = replace(register, managements=(row,))

    assert [("apart", "lead/north", "ann ben")] == broken(world, managed, world.rule("apart", who="manager-and-report"))
    pairs = world.rule("apart", pairs=[["CAT@acme.example", "ann@acme.example"]])
    assert [("apart", "lead/north", "ann cat")] == broken(world, register, pairs)


def test_pairs_sit_together(world: Any) -> None:
    """R6: in one pod, as long as both are there."""
    register = world.register()
    south = Membership(person="cat", pod="lead/south", since=date(2026, 11, 1))
    kept = tuple(row for row in register.memberships if row.person != "cat")
    split = replace(
        register, memberships=(*kept, south), pods={**register.pods, "lead/south": Pod(id="lead/south", name="South")}
    )
    rule = world.rule("together", pairs=[["ann@acme.example", "cat@acme.example"]])

    assert [] == broken(world, register, rule)
    assert 1 == len(broken(world, split, rule))


def test_coaches_carry_no_more_than_they_may(world: Any) -> None:
    """R9: what they carry for other clients counts."""
    rule = world.rule("coach-load", max_pods=2)
    elsewhere = Commitment(coach="cox@coaches.example", pods=2)

    assert [] == broken(world, world.register(), rule)
    assert [("coach-load", "cox@coaches.example", "pods")] == broken(
        world, world.register(), rule, commitments=(elsewhere,)
    )


def test_coaches_hold_what_the_rule_asks_for(world: Any) -> None:
    """R6: accreditation and experience."""
    rule = world.rule("coach-accredited", accredited=["leadership"], min_years=5)
    able = {"cox@coaches.example": Coach(id="cox@coaches.example", accredited=frozenset({"leadership"}), years=5)}

    assert 1 == len(broken(world, world.register(), rule))
    assert [] == broken(world, world.register(coaches=able), rule)


def test_working_hours_overlap_the_whole_year(world: Any) -> None:
    """R6: London and Singapore share two hours in summer and one in winter."""
    register = world.register()
    people = {**register.people, "ben": world.person("ben", zone="Asia/Singapore")}
    spread = replace(register, people=people)

    assert [] == broken(world, spread, world.rule("timezone-overlap", min="0 hours"))
    assert 1 == len(broken(world, spread, world.rule("timezone-overlap", min="2 hours")))
    assert [] == broken(world, register, world.rule("timezone-overlap", min="8 hours"))


def test_far_zones_share_the_end_of_one_day_and_the_beginning_of_the_next(world: Any) -> None:
    """Auckland's morning is Los Angeles' afternoon of the day before."""
    register = world.register()
    zones = {"ann": "Pacific/Auckland", "ben": "America/Los_Angeles", "cat": "Pacific/Auckland"}
    people = {n: replace(p, zone=zones.get(n, "Pacific/Auckland")) for n, p in register.people.items()}

    assert [] == broken(world, replace(register, people=people), world.rule("timezone-overlap", min="2 hours"))


def test_former_members_and_coaches_do_not_count(world: Any) -> None:
    """R1: only the rows that hold on the day."""
    register = world.register()
    later = Coaching(pod=world.pod, coach="dan@coaches.example", since=DAY + timedelta(days=1))

    ground = ground_of(world.prepared(), replace(register, coachings=(*register.coachings, later)), NOW)

    assert {world.pod: "cox@coaches.example"} == ground.coaches


def test_what_is_kept_is_measured_too(world: Any) -> None:
    """P16: an explanation shows how it is, not only what is wrong."""
    rules = (
        world.rule("pod-size", min=1, target=3, max=4),
        world.rule("apart", who="manager-and-report"),
        world.rule("coach-load", max_pods=2),
        world.rule("timezone-overlap", min="2 hours"),
    )

    assert [
        "lead/north has 3 members, 1 to 4 wanted",
        "nobody in lead/north is to sit apart from another",
        "lead/north lives on one clock",
        "Cox@Coaches.Example Hall has 1 pods, at most 2",
    ] == [found.text for found in measured(world, world.register(), *rules)]


def test_a_value_nobody_knows_is_unknown_not_equal(world: Any) -> None:
    """R27: what is missing is neither kept nor broken."""
    register = world.register()
    people = {n: replace(p, attributes={"region": "Durham" if n == "ann" else ""}) for n, p in register.people.items()}
    (found,) = measured(world, replace(register, people=people), world.rule("same", by=["region"]))

    assert (None, ("region of 2 members of lead/north",)) == (found.breached, found.missing)


def test_a_coach_nobody_knows_is_unknown(world: Any) -> None:
    """R27: no line about a coach is no proof of what they can do."""
    rule = world.rule("coach-accredited", accredited=["leadership"])

    assert [None] == [found.breached for found in measured(world, world.register(coaches={}), rule)]


def test_mixing_is_a_matter_of_degree(world: Any) -> None:
    """R6: measured for whoever asks; only an inflexible one is ever kept or broken for good."""
    register = world.register()
    people = {n: replace(p, attributes={"team": "Sales", "grade": n}) for n, p in register.people.items()}
    rules = (world.rule("mix", by=["team"]), world.rule("similar", by=["grade"]))
    found = measured(world, replace(register, people=people), *rules)

    assert [(True, True), (True, True)] == [(each.breached, each.by_degree) for each in found]
    assert ["lead/north repeats team: Sales", "lead/north has grade: ann, ben, cat"] == [each.text for each in found]
