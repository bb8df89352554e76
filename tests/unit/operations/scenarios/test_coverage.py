"""What tests reach (N2)."""

from convener.operations.scenarios.coverage import coverage_of


def test_each_clause_is_seen_true_and_false(bench) -> None:
    """Session 1 makes the number false, session 2 true; nobody is inactive."""
    found = coverage_of(bench.suite(bench.reminded))
    remind = next(owner for owner in found.owners if owner.id == "remind")
    seen = {clause.source: (bool(clause.seen.true), bool(clause.seen.false)) for clause in remind.clauses}

    assert {"participant.active": (True, False), "session.number >= 2": (True, True)} == seen
    assert ("fired", 4, 5) == (remind.state, remind.reached, remind.wanted)


def test_the_least_tested_comes_first(bench) -> None:
    """What no test is of has never been considered, whatever it does in the background."""
    found = coverage_of(bench.suite(bench.reminded))

    assert [("toolkit", "never"), ("remind", "fired")] == [(owner.id, owner.state) for owner in found.owners]
    assert 50 == found.percent


def test_what_is_looked_at_and_stays_silent_is_considered(bench) -> None:
    """A test that expects nothing of it reaches half of a clause."""
    test = bench.reminded.replace("03-09 09:00", "02-16 09:00").replace(
        'sent = [{ to = ["ann", "ben", "cat"], at = "Fri 2027-03-05 09:00" }]', "sent = []"
    )
    remind = next(owner for owner in coverage_of(bench.suite(test)).owners if owner.id == "remind")

    assert "considered" == remind.state


def test_only_the_file_s_own_is_counted(bench) -> None:
    """A client's tests are of what the client says."""
    found = coverage_of(bench.suite(bench.reminded, name="acme"))

    assert ["welcome"] == [owner.id for owner in found.owners]
