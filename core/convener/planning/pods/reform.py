"""Pods of today mended: the fewest people change pods for what it gains.

A move is a person who sits in one pod today and in another one afterwards; who joins, or comes back, moves nobody. A
pod goes on with its id, name and coach where most of its people stay together; the smallest is given up where there
are too few people, and a new one opened where there are too many. What a number of moves buys is found anew for each
number, exactly by CP-SAT for up to `LARGEST` people, else by a local search to which each move costs a price. Chosen is
the plan with the least score when every move counts as `MOVE_WORTH`: no further move is worth that much, and each one
made is.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from convener.errors import ConvenerError, Place
from convener.model import Trade
from convener.planning.effort import Effort
from convener.planning.pods.bounds import least_cost
from convener.planning.pods.carriers import KeptPod
from convener.planning.pods.coaching import allocate
from convener.planning.pods.costs import Seated, breaches, score
from convener.planning.pods.division import Division
from convener.planning.pods.exact import LARGEST, Members
from convener.planning.pods.filling import search, usual_steps
from convener.planning.pods.kinds import apply_rules
from convener.planning.pods.question import TODAY, PodQuestion
from convener.planning.pods.sheet import Sheet, lay_out
from convener.planning.pods.sizes import Frame, counts_near, groups, limits
from convener.planning.pods.standing import moves_of, standing_pods
from convener.planning.search import Found, Term, run, total
from convener.rulesets.kinds import Same
from convener.rulesets.ruleset import Rule

MOVE_WORTH = 3
"""Units of score that each person who changes pods must be worth."""
USUAL = 15_000_000
"""Steps that all numbers of moves together get where nobody says how many."""
RUNGS = 8
"""Numbers of moves looked at beyond the fewest."""
PRICES = (1000, 4, 2, 1, 0)
"""What a move costs the local search, in `MOVE_WORTH`, dearest first."""


@dataclass(frozen=True, slots=True)
class Mended:
    """Pods mended, and what fewer and more moves would buy."""

    division: Division
    trades: tuple[Trade, ...]


@dataclass(frozen=True, slots=True)
class _Rung:
    """The best division found for a number of moves."""

    moves: int
    score: int
    members: Members
    coaches: tuple[str | None, ...]

    @property
    def worth(self) -> tuple[int, int]:
        """Its score with its moves at their price, and the moves."""
        return self.score + MOVE_WORTH * self.moves, self.moves


def mend(question: PodQuestion, most: int | None, effort: Effort) -> Mended | Found:
    """Return the pods of *question* mended with at most *most* moves, None for any number.

    `NONE` when no division keeps every inflexible rule, `UNKNOWN` when none was found. Raises ConvenerError when that
    takes more moves than are allowed.
    """
    shape = _shape(question)
    if shape is None:
        return Found.NONE
    frames, homes = shape
    small = len(question.people) <= LARGEST
    found = _exact(question, frames, homes, effort) if small else _searched(question, frames, effort)
    if isinstance(found, Found):
        return found
    rungs, bound = found
    allowed = [rung for rung in rungs if most is None or rung.moves <= most]
    if not allowed:
        fewest = min(rung.moves for rung in rungs)
        raise ConvenerError(
            f"the rules cannot be kept with {most} moves; {fewest} are enough", hint=f"allow them: --moves {fewest}"
        )
    chosen = min(allowed, key=lambda rung: rung.worth)
    division = Division(chosen.members, chosen.coaches, max(bound, least_cost(question, frames)))
    return Mended(division, (*_today(question), *_ladder(rungs)))


def _shape(question: PodQuestion) -> tuple[list[Frame], list[KeptPod | None]] | None:
    """Return frames for the pods of today and new ones, each with its pod of today; None when no number works."""
    grouped = groups(question)
    at = {person: place for place, (_, people) in enumerate(grouped) for person in people}
    pods: list[list[KeptPod]] = [[] for _ in grouped]
    for pod in question.standing:
        pods[Counter(sorted(at[person] for person in pod.members)).most_common(1)[0][0]].append(pod)
    counts = counts_near(question, [len(mine) for mine in pods])
    if counts is None:
        return None
    frames: list[Frame] = []
    homes: list[KeptPod | None] = []
    for place, ((_, people), mine, count) in enumerate(zip(grouped, pods, counts, strict=True)):
        allowed = limits(question, len(people))
        kept = sorted(sorted(mine, key=lambda pod: (-len(pod.members), pod.id))[:count], key=lambda pod: pod.id)
        frames += [Frame(place, people, allowed.least, min(allowed.most, len(people)))] * count
        homes += [*kept, *[None] * (count - len(kept))]
    return frames, homes


def _exact(
    question: PodQuestion, frames: Sequence[Frame], homes: Sequence[KeptPod | None], effort: Effort
) -> tuple[list[_Rung], int] | Found:
    """Return the best division for rising numbers of moves, and a bound; coaches are looked at only if they must."""
    result = Found.UNKNOWN
    for coached in (False, True) if question.coached else (False,):
        ladder = _Ladder(replace(question, coached=coached), frames, homes, effort)
        found = ladder.climb()
        rungs = [rung for members in found if (rung := _rung(question, members)) is not None]
        if rungs:
            return rungs, ladder.bound
        result = Found.NONE if ladder.impossible else Found.UNKNOWN
    return result


@dataclass(slots=True)
class _Ladder:
    """Divisions for rising numbers of moves, by CP-SAT."""

    question: PodQuestion
    frames: Sequence[Frame]
    homes: Sequence[KeptPod | None]
    effort: Effort
    impossible: bool = False
    proved: int = 0
    """The bound of the last question."""
    bound: int = 0
    """The least score of any division into these frames."""

    def climb(self) -> list[Members]:
        """Return the division of fewest moves, that of moves at their price, some beside it, and the best of all."""
        steps = self.effort.left(self.effort.spent + USUAL) // (RUNGS + 3)
        people = len(self.question.people)
        fewest = self._solve(steps, score=1, move=self._dearest())
        if fewest is None:
            return []
        priced = self._solve(steps, score=people + 1, move=MOVE_WORTH * (people + 1) + 1)
        low, high = self._moves(fewest), self._moves(priced or fewest)
        between = [*range(low + 1, high), *range(high + 1, high + 3)][:RUNGS]
        found = [fewest, priced, *(self._solve(steps, score=people + 1, move=1, most=each) for each in between)]
        free = self._solve(steps, score=people + 1, move=1)
        self.bound = -(-(self.proved - people) // (people + 1))
        return [each for each in [*found, free] if each is not None]

    def _dearest(self) -> int:
        """Return more than any score: everybody in every pod, and every coach wrong for it."""
        seats = [Seated(str(at), frame.people, None) for at, frame in enumerate(self.frames)]
        weights = sum(rule.weight for rule in self.question.ruleset.rules.values() if not rule.inflexible)
        zones = len({self.question.zone(person) for person in self.question.people}) + 2
        return (
            score(self.question, seats) + weights * zones * len(self.frames) + weights * len(self.question.people) ** 2
        )

    def _moves(self, members: Members) -> int:
        return moves_of(self.question, members)

    def _solve(self, steps: int, *, score: int, move: int, most: int | None = None) -> Members | None:
        """Return the division of least cost, a unit of score and a move at these prices, with *most* moves."""
        if steps <= 0 or self.effort.stopped:
            return None
        sheet = lay_out(self.question, self.frames, optional=False)
        apply_rules(sheet)
        moves = self._moved(sheet)
        sheet.model.minimize(total(sheet.costs) * score + moves * move)
        if most is not None:
            sheet.model.add(moves <= most)
        outcome = run(sheet.model, self.effort, steps)
        self.proved = outcome.bound
        self.impossible = self.impossible or (most is None and outcome.found is Found.NONE)
        return sheet.members(outcome.solver) if outcome.ok else None

    def _moved(self, sheet: Sheet) -> Term:
        stays = [
            sheet.seats[person, at]
            for at, home in enumerate(self.homes)
            for person in (home.members if home else ())
            if (person, at) in sheet.seats
        ]
        for person, at in ((p, at) for at, home in enumerate(self.homes) for p in (home.members if home else ())):
            if (person, at) in sheet.seats:
                sheet.model.add_hint(sheet.seats[person, at], 1)
        return len(self.question.today) - total(stays)


def _searched(question: PodQuestion, frames: Sequence[Frame], effort: Effort) -> tuple[list[_Rung], int] | Found:
    """Return divisions by a local search to which each move costs a price, dearest first, and a bound."""
    found: list[_Rung] = []
    start = _start(question, frames)
    steps = effort.left(effort.spent + usual_steps(question)) // len(PRICES)
    for price in PRICES:
        asked = replace(question, ruleset=replace(question.ruleset, rules=_priced(question, price * MOVE_WORTH)))
        start = search(asked, frames, effort, steps, start)
        pods = [Seated(str(at), each, None) for at, each in enumerate(start.members)]
        rung = None if breaches(question, pods) else _rung(question, start.members)
        found += [rung] if rung is not None else []
    return (found, 0) if found else Found.UNKNOWN


def _priced(question: PodQuestion, price: int) -> dict[str, Rule]:
    """Return the rules with one more: who leaves the people of their pod costs *price*."""
    stay = Rule(id=TODAY, kind="same", inflexible=False, weight=price, terms=Same(by=(TODAY,)), place=Place(""))
    return {**question.ruleset.rules, TODAY: stay} if price else dict(question.ruleset.rules)


def _start(question: PodQuestion, frames: Sequence[Frame]) -> Division:
    """Return the pods of today, those without one in the smallest pod of their group."""
    shape = _shape(question)
    homes = shape[1] if shape else []
    members = [list(home.members) if home else [] for home in homes]
    inside = [set(frame.people) for frame in frames]
    members = [[p for p in mine if p in inside[at]] for at, mine in enumerate(members)]
    seated = {person for mine in members for person in mine}
    for person in question.people:
        if person not in seated:
            open_to = [at for at in range(len(frames)) if person in inside[at]]
            members[min(open_to, key=lambda at: (len(members[at]), at))].append(person)
    settled = tuple(tuple(sorted(mine)) for mine in members)
    return Division(settled, allocate(question, settled) or (None,) * len(settled))


def _rung(question: PodQuestion, members: Members) -> _Rung | None:
    """Return *members* with coaches, those of today where rules allow; None without any."""
    homes = standing_pods(question, members)
    order = sorted(range(len(members)), key=lambda at: (home.id if (home := homes[at]) else "~", members[at]))
    settled = tuple(members[at] for at in order)
    keep = [home.coach if (home := homes[at]) else None for at in order]
    coaches = allocate(question, settled, keep)
    if coaches is None:
        return None
    pods = [Seated(str(at), each, coach) for at, (each, coach) in enumerate(zip(settled, coaches, strict=True))]
    return _Rung(moves_of(question, settled), score(question, pods), settled, coaches)


def _today(question: PodQuestion) -> Iterator[Trade]:
    """Yield what the pods of today cost as they are, where they break an inflexible rule."""
    pods = [Seated(pod.name, pod.members, None) for pod in question.standing]
    broken = breaches(question, pods)
    if broken:
        yield Trade(moves=0, score=score(question, pods), breaches=tuple(broken))


def _ladder(found: Sequence[_Rung]) -> Iterator[Trade]:
    """Yield the numbers of moves that buy something."""
    best: int | None = None
    for rung in sorted(found, key=lambda each: (each.moves, each.score)):
        if best is None or rung.score < best:
            best = rung.score
            yield Trade(moves=rung.moves, score=rung.score)
