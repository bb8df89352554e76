"""Ways out: for each rule the least change of its terms that was tried and gives every pod its dates."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

from convener.model import DateRange, Relaxation
from convener.planning.dates.conflicts.case import Breach, Case
from convener.planning.dates.judging import quorums
from convener.planning.dates.question import DatesQuestion
from convener.planning.dates.slots import WEEKDAYS
from convener.planning.dates.wording import day_of
from convener.planning.pods.question import joined
from convener.rulesets.kinds import Blackout, CoachLoad, Notice, Quorum, SessionGap, SessionPattern, SessionWindow
from convener.rulesets.ruleset import Rule

SHOWN = 4
"""Sessions that a way out names one by one."""
WIDEST = 366
"""The longest gap, in days, that a way out may propose."""
MORE_A_DAY = 4
"""How many more sessions a day a way out may ask of a coach."""
SOFT = {"flexibility": "flexible"}
"""Makes a rule flexible."""
Terms = Mapping[str, object]


def ways_out(case: Case, rule: Rule) -> list[Relaxation]:
    """Return the changes of *rule* that give every pod its dates; making it flexible is offered where no other is."""
    found = [way for terms in TERMS.get(type(rule.terms), _none)(case, rule) if (way := _proved(case, rule, terms))]
    soft = None if found else _proved(case, rule, SOFT)
    return [soft] if soft else found


def _none(case: Case, rule: Rule) -> Iterable[Terms]:
    return ()


def _change(rule: Rule, terms: Terms) -> Relaxation:
    return Relaxation(words="", cost=0, terms={rule.id: terms})


def _proved(case: Case, rule: Rule, terms: Terms) -> Relaxation | None:
    """Return *rule* with *terms* as a way out with what it gives up, None when it is none."""
    change = _change(rule, terms)
    if not case.single(case.under(change)):
        return None
    breaches = case.breaches(rule, change)
    if not breaches:
        return None
    cost = sum(breach.units for breach in breaches)
    return replace(change, words=_words(rule, terms, breaches), cost=cost)


def _words(rule: Rule, terms: Terms, breaches: Sequence[Breach]) -> str:
    quorum = isinstance(rule.terms, Quorum)
    shown = [_short(breach) if quorum else _date(breach) for breach in breaches[:SHOWN]]
    more = len(breaches) - SHOWN
    where = "; ".join(shown) + (f"; and {more} more sessions" if more > 0 else "")
    return f"{'allow' if quorum else 'let'} {where} ({_changed(rule, terms)})"


def _changed(rule: Rule, terms: Terms) -> str:
    if terms == SOFT:
        return f"rule {rule.id} made flexible"
    if isinstance(rule.terms, Blackout):
        return f"rule {rule.id} without these days"
    return f"rule {rule.id} with {joined([f'{key} = {_toml(value)}' for key, value in terms.items()])}"


def _date(breach: Breach) -> str:
    plot = breach.plot
    return f"{breach.id} be on {day_of(plot.question, plot.stretches[breach.node][0])}"


def _short(breach: Breach) -> str:
    plot, slot = breach.plot, breach.plot.local[breach.node].item()
    question, party = plot.question, plot.judged.party
    starts = plot.stretches[breach.node][0]
    coach = plot.pod.coach(question.day(starts))
    without = "" if party.led[slot] else f", without {question.name(coach) if coach else 'a coach'}"
    coached = any(terms.coach for terms in quorums(plot.judged, declared=True).values())
    where = f"{breach.id} on {day_of(question, starts)}"
    return f"{party.can[slot]} of {party.size[slot]} at {where}{without if coached else ''}"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        items = cast("list[object]", value)
        return f"[{', '.join(_toml(each) for each in items)}]"
    return str(value) if isinstance(value, int) else f'"{value}"'


def _least(low: int, high: int, works: Callable[[int], bool]) -> int | None:
    """Return the least number from *low* to *high* that works, when every greater one does too; None if none does."""
    if low > high or not works(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle + 1, high)
    return high


def _quorum(case: Case, rule: Rule) -> Iterable[Terms]:
    """Let as few be missing as will do, at every session; or the coach; or both."""
    terms: Any = rule.terms
    sizes = sorted({len(pod.members(q.first_day)) for q in case.only(case.pods) for pod in q.pods} - {0})
    steps = _counts(terms, sizes)
    lower = _lowered(case, rule, steps, {})
    if lower:
        yield lower
    if terms.coach:
        alone: Terms = {"coach": False}
        if case.single(case.under(_change(rule, alone))):
            yield alone
        elif not lower:
            yield from filter(None, [_lowered(case, rule, steps, alone)])


def _lowered(case: Case, rule: Rule, steps: Sequence[int | str], beside: Terms) -> Terms:
    """Return the highest number of members that will do, with what is changed *beside*; empty when none does."""

    def works(at: int) -> bool:
        return case.single(case.under(_change(rule, {"members": steps[at], **beside})))

    at = _least(0, len(steps) - 1, works)
    return {} if at is None else {"members": steps[at], **beside}


def _counts(terms: Quorum, sizes: Sequence[int]) -> list[int | str]:
    """Return ever lower values of `members`, each the next that makes a difference in a pod of one of *sizes*."""
    if isinstance(terms.members, int):
        return list(range(min(terms.members, max(sizes, default=1)) - 1, 0, -1))
    shares = {count * 1000 // size for size in sizes for count in range(1, terms.needed(size))}
    return [f"{share / 10:g}%" for share in sorted(shares, reverse=True)]


def _gap(case: Case, rule: Rule) -> Iterable[Terms]:
    terms: Any = rule.terms
    longest = _least(
        terms.max.days + 1, WIDEST, lambda days: case.single(case.under(_change(rule, {"max": f"{days} days"})))
    )
    if longest is not None:
        yield {"max": f"{longest} days"}
    less = _least(
        1,
        terms.min.days - 1,
        lambda by: case.single(case.under(_change(rule, {"min": f"{terms.min.days - by} days"}))),
    )
    if less is not None:
        yield {"min": f"{terms.min.days - less} days"}


def _window(case: Case, rule: Rule) -> Iterable[Terms]:
    """Widen hours and days just so far that the least damaging dates fit."""
    terms: Any = rule.terms
    begin, end = terms.between
    days = set(terms.days)
    for breach in case.breaches(rule, _change(rule, SOFT)):
        for starts, ends in _local(breach, terms):
            if starts.date() != ends.date():
                return
            begin, end = min(begin, starts.time()), max(end, ends.time())
            days.add(WEEKDAYS[starts.weekday()])
    found: dict[str, object] = {}
    if (begin, end) != terms.between:
        found["between"] = [f"{begin:%H:%M}", f"{end:%H:%M}"]
    if days != set(terms.days):
        found["days"] = [day for day in WEEKDAYS if day in days]
    if found:
        yield found


def _local(breach: Breach, terms: SessionWindow) -> Iterable[tuple[Any, Any]]:
    question = breach.plot.question
    starts, ends = breach.plot.stretches[breach.node]
    members = breach.plot.pod.members(question.day(starts))
    zones = {""} if terms.zone == "programme" else {question.zone(person) for person in members}
    for zone in sorted(zones):
        yield question.local(starts, zone), question.local(ends, zone)


def _blackout(case: Case, rule: Rule) -> Iterable[Terms]:
    """Open just the days that the least damaging dates need."""
    terms: Any = rule.terms
    breaches = case.breaches(rule, _change(rule, SOFT))
    open_days = {_day(breach.plot.question, breach) for breach in breaches}
    left = [str(part) for span in terms.dates for part in _around(span, sorted(open_days))]
    if left and open_days:
        yield {"dates": left}


def _day(question: DatesQuestion, breach: Breach) -> date:
    return question.day(breach.plot.stretches[breach.node][0])


def _around(span: DateRange, days: Sequence[date]) -> Iterable[DateRange]:
    first = span.first
    for day in (day for day in days if day in span):
        if first < day:
            yield DateRange(first, day - timedelta(days=1))
        first = day + timedelta(days=1)
    if first <= span.last:
        yield DateRange(first, span.last)


def _load(case: Case, rule: Rule) -> Iterable[Terms]:
    terms: Any = rule.terms
    if terms.max_sessions_per_day is None:
        return
    for more in range(1, MORE_A_DAY + 1):
        raised = {"max_sessions_per_day": terms.max_sessions_per_day + more}
        if case.works(case.under(_change(rule, raised))):
            yield raised
            return


def _pattern(case: Case, rule: Rule) -> Iterable[Terms]:
    """Give up one thing that is to be alike, or two."""
    terms: Any = rule.terms
    fewer = [[each for each in terms.same if each != left_out] for left_out in terms.same]
    if len(terms.same) > 2:  # noqa: PLR2004 - of three, one alone is left
        fewer += [[each] for each in terms.same]
    for same in fewer:
        if same and case.single(case.under(_change(rule, {"same": same}))):
            yield {"same": same}
            return


def _notice(case: Case, rule: Rule) -> Iterable[Terms]:
    breaches = case.breaches(rule, _change(rule, SOFT))
    ahead = [b.plot.stretches[b.node][0] - b.plot.question.earliest for b in breaches]
    hours = int(min(ahead).total_seconds() // 3600) if ahead else 0
    if hours > 0:
        yield {"min": f"{hours} hours"}


TERMS: Mapping[type, Callable[[Case, Rule], Iterable[Terms]]] = {
    Quorum: _quorum,
    SessionGap: _gap,
    SessionWindow: _window,
    Blackout: _blackout,
    CoachLoad: _load,
    SessionPattern: _pattern,
    Notice: _notice,
}
"""What may be changed about a rule of each kind, least first."""
