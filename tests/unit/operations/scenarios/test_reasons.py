"""Why something expected did not go out."""

from convener.operations.scenarios.reasons import Reasons
from convener.operations.scenarios.running import run_scenario


def details(bench, test: str, name: str = "house") -> str:
    """Return why the first expectation of *test* failed."""
    suite = bench.suite(test, name=name)
    outcome = run_scenario(suite.prepared, suite.scenarios[0], Reasons(suite.prepared).why)
    return "\n".join(outcome.failures[0].details)


def test_a_clause_that_is_false_is_named_with_its_place(bench) -> None:
    """Session 1 is not reminded of, because of its number (P16)."""
    test = bench.reminded.replace("2027-03", "2027-02").replace('"ann", "ben", "cat"', '"ann"')
    told = details(bench, test)

    assert "why: not_matched" in told
    assert "rulesets/house.toml:27:31: session.number >= 2 is false" in told


def test_a_draft_says_so(bench) -> None:
    """Nothing goes out before it goes live."""
    assert "suppressed(draft)" in details(bench, bench.reminded.replace("until", 'given.state = "draft"\nuntil'))


def test_what_is_switched_off_says_so(bench) -> None:
    """The client has no such automation."""
    test = bench.reminded.replace("remind", "toolkit").replace('["ann", "ben", "cat"]', '"mia"')

    assert "there is no automation 'toolkit', or it is switched off" in details(bench, test, "acme")
