"""Where contradictions are looked for."""

from collections.abc import Callable

from convener.errors import Problem

Say = Callable[..., list[Problem]]
EARLY = ("early", "session-window", "inflexible", 'days = ["mon"]')
POD = '[programmes.pilot.pods.{pod}.rules.late]\nkind = "session-window"\nflexibility = "inflexible"\ndays = ["fri"]\n'


def test_a_pod_is_looked_at_with_its_own_rules(say: Say) -> None:
    """What holds for one pod may contradict what holds for all."""
    (problem,) = say(EARLY, more=POD.format(pod="north"))

    assert ("contradiction", "rulesets/harbour.toml:22:1") == (problem.code, str(problem.place))


def test_a_rule_that_a_pod_has_switched_off_does_not_count(say: Say) -> None:
    """A flexible rule that a pod does without contradicts nothing there."""
    soft = ("early", "session-window", "flexible", 'days = ["mon"]')
    off = '[programmes.pilot.pods.north.rules.early]\nenabled = false\nreason = "They meet on Fridays."\n'

    assert [] == say(soft, more=POD.format(pod="north") + off)


def test_a_contradiction_of_all_pods_is_told_once(say: Say) -> None:
    """Pods with rules of their own do not repeat what is wrong everywhere."""
    other = ("other", "session-window", "inflexible", 'days = ["tue"]')
    pods = "".join(
        f'[programmes.pilot.pods.{pod}.rules.slow]\nkind = "session-gap"\nflexibility = "flexible"\n'
        'min = "20 days"\nmax = "40 days"\n'
        for pod in ("north", "south")
    )

    assert ["contradiction"] == [problem.code for problem in say(EARLY, other, more=pods)]


def test_rules_of_a_client_without_programmes_contradict_each_other_too(say: Say) -> None:
    """Only what needs a programme waits for one; a broken programme is none."""
    found = say(EARLY, ("other", "session-window", "inflexible", 'days = ["tue"]'), more="[programmes.odd]\n")

    assert "contradiction" in {problem.code for problem in found}
