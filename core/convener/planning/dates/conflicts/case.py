"""The pods without dates, and whether a change of rules or answers would give them some."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from convener.model import Answer, Relaxation
from convener.planning.dates.bill import bills
from convener.planning.dates.judging import Judged
from convener.planning.dates.layout import Layout, Plot, lay_out
from convener.planning.dates.question import DatesQuestion
from convener.planning.dates.series import Schedule
from convener.planning.dates.solver import again, schedule
from convener.planning.effort import Effort
from convener.planning.relaxations import relaxed
from convener.planning.search import Found
from convener.rulesets.kinds import CoachLoad
from convener.rulesets.ruleset import Rule, Ruleset

USUAL = 200_000_000
"""Steps that a change may take to prove itself, where no budget is given."""
SHORT = 10_000
"""Cost of one unit of a rule that is given up, above all other costs of a session."""
BATCH = 16
"""Pods that are looked at before the next."""
WAS = " as it was"
"""Added to the id of a rule, for what it asked before it was relaxed."""
Yes = Mapping[int, Mapping[str, Sequence[int]]]
"""By the identity of a question, the slots that people say yes to, whatever they said."""


@dataclass(frozen=True, slots=True, eq=False)
class Breach:
    """A session that does not keep a rule as it was."""

    plot: Plot
    number: int
    node: int
    units: int

    @property
    def id(self) -> str:
        """Id of the session."""
        return f"{self.plot.pod.id}/{self.number}"


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Questions that have no answer."""

    questions: tuple[DatesQuestion, ...]
    pods: frozenset[str]
    """Pods that have no dates, each by itself or all of them together."""
    linked: frozenset[str]
    """Those, and the pods that share coaches or people with them."""
    effort: Effort

    def only(self, pods: frozenset[str], questions: Sequence[DatesQuestion] = ()) -> list[DatesQuestion]:
        """Return the questions about *pods* alone."""
        return [
            replace(question, pods=tuple(pod for pod in question.pods if pod.id in pods))
            for question in questions or self.questions
        ]

    def under(self, change: Relaxation) -> list[DatesQuestion]:
        """Return the questions with the rules as *change* has them."""
        return [replace(question, ruleset=_relaxed(question.ruleset, change)) for question in self.questions]

    def answered(self, yes: Yes) -> list[DatesQuestion]:
        """Return the questions with some answers turned to yes."""
        found: list[DatesQuestion] = []
        for question in self.questions:
            answers = dict(question.answers)
            for person, slots in yes.get(id(question), {}).items():
                given = list(answers.get(person, (Answer.NO,) * len(question.slots)))
                for slot in slots:
                    given[slot] = Answer.YES
                answers[person] = tuple(given)
            found.append(replace(question, answers=answers))
        return found

    def single(self, questions: Sequence[DatesQuestion]) -> bool:
        """Tell whether each pod by itself has dates under *questions*; the first few that have none settle it."""
        pods = sorted(self.pods)
        return all(
            again(each, ()) is not None
            for first in range(0, len(pods), BATCH)
            for each in lay_out(self.only(frozenset(pods[first : first + BATCH]), questions)).sharing.series
        )

    def works(self, questions: Sequence[DatesQuestion]) -> bool:
        """Tell whether the pods have dates under *questions*, beside all pods that they share anything with."""
        return self.single(questions) and not isinstance(self.solve(self.linked, questions)[1], Found)

    def solve(self, pods: frozenset[str], questions: Sequence[DatesQuestion] = ()) -> tuple[Layout, Schedule | Found]:
        """Plan *pods* under *questions*, with a share of the effort."""
        layout = lay_out(self.only(pods, questions))
        effort = self.effort.share(20, USUAL)
        found = schedule(layout.sharing.series, layout.sharing.limits, effort)
        self.effort.spent += effort.spent
        return layout, found

    def breaches(self, rule: Rule, change: Relaxation) -> list[Breach]:
        """Return where the least damaging dates under *change* do not keep *rule* as it was; empty if none are."""
        was = replace(rule, id=rule.id + WAS, inflexible=False, weight=SHORT)
        asked = [
            replace(q, ruleset=replace(q.ruleset, rules={**q.ruleset.rules, was.id: was})) for q in self.under(change)
        ]
        layout, found = self.solve(self.linked, asked)
        if isinstance(found, Found):
            return []
        plans = list(zip(layout.plots, found.paths, strict=True))
        if isinstance(rule.terms, CoachLoad):
            return list(_crowded(plans, rule.terms.max_sessions_per_day or 0))
        return [breach for plot, path in plans for breach in _breaches(plot, path, was.id)]


def _crowded(plans: Iterable[tuple[Plot, Sequence[int]]], most: int) -> Iterable[Breach]:
    """Yield the sessions that a coach has on one day beyond as many as allowed."""
    held: Counter[tuple[str, date]] = Counter()
    for plot, path in plans:
        question = plot.question
        for layer, node in enumerate(path):
            starts = plot.stretches[node][0]
            coach = plot.pod.coach(question.day(starts))
            if coach and plot.local[node] >= 0:
                day = question.local(starts, question.zone(coach)).date()
                held[coach, day] += 1
                agreed = int(plot.judged.party.grid.agreed(coach)[plot.local[node]])
                if held[coach, day] + agreed > most:
                    yield Breach(plot, plot.pod.numbers[layer], node, 1)


def _breaches(plot: Plot, path: Sequence[int], name: str) -> list[Breach]:
    return [
        Breach(plot, plot.pod.numbers[layer], path[layer], bill[name].units)
        for layer, bill in enumerate(bills(plot, path))
        if name in bill
    ]


def _relaxed(ruleset: Ruleset, change: Relaxation) -> Ruleset:
    """Return *ruleset* with what of *change* is about its rules; programmes asked together have rules of their own."""
    known = {name: terms for name, terms in change.terms.items() if name in ruleset.rules}
    return relaxed(ruleset, replace(change, terms=known))


def linked(judged: Sequence[Judged]) -> list[frozenset[str]]:
    """Return the sets of pods linked by coaches and people that they share, largest first."""
    groups: list[tuple[set[str], set[str]]] = []
    for each in judged:
        uses, pods = {*each.party.coaches, *each.party.members}, {each.pod.id}
        for group in [group for group in groups if group[0] & uses]:
            groups.remove(group)
            uses |= group[0]
            pods |= group[1]
        groups.append((uses, pods))
    return [frozenset(pods) for _, pods in sorted(groups, key=lambda group: (-len(group[1]), min(group[1])))]
