"""The volume guard: what is more than usual waits for a person."""

import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from convener.decide.chronicle import grouped
from convener.decide.moments.timing import local
from convener.decide.prepared import Prepared
from convener.decide.rulings import waiver_of
from convener.decide.silence import silences
from convener.model import Dispatch, Flag, Plan, Register
from convener.model.dispatches import DISTURBING
from convener.model.traffic import Traffic
from convener.rulesets.kinds import VolumeGuard
from convener.rulesets.ruleset import Rule, Ruleset

ENOUGH = 5
"""Days with messages below which there is no saying what is usual."""
NAMED = 3
"""People who are flagged one by one; more of them are one flag."""


def guard(prepared: Prepared, register: Register, plan: Plan, traffic: Traffic) -> Plan:
    """Return *plan* with what its volume guards hold, and flags for that and for automations that fell silent.

    *plan* is without what the ledger knows already, which *traffic* counts. Nothing is taken out of it: what is
    held goes into the ledger too and out when a person lets it. A guard under audit holds nothing and says so.
    """
    judge = _Judge(prepared.ruleset, register, plan, traffic)
    held: dict[str, str] = {}
    flags: list[Flag] = []
    for rule, terms in prepared.ruleset.rules_of(VolumeGuard):
        over = {dispatch.key: dispatch.recipient for dispatch in judge.over(rule, terms) if dispatch.key not in held}
        if rule.audited:
            flags += judge.trial(rule, over)
            continue
        held.update(dict.fromkeys(over, rule.id))
        before = {key: key.rpartition("/")[2] for key, by in traffic.held.items() if by == rule.id}
        flags += judge.flags(rule, terms, before | over)
    silent = silences(prepared, register, plan, traffic)
    flags += silent.flags
    known = {flag.id: flag for flag in (*plan.flags, *flags)}
    wakes = [instant for instant in (plan.next_due, silent.next) if instant is not None]
    return replace(
        plan,
        held=held,
        flags=tuple(known[identity] for identity in sorted(known)),
        next_due=min(wakes, default=None),
    )


@dataclass(frozen=True, slots=True)
class _Judge:
    """One plan before its guards."""

    ruleset: Ruleset
    register: Register
    plan: Plan
    traffic: Traffic

    def over(self, rule: Rule, terms: VolumeGuard) -> Collection[Dispatch]:
        """Return the messages of the plan that are too many for *rule*."""
        messages = [d for d in self.plan.dispatches if d.verb in DISTURBING and not self._is_waived(rule, d)]
        if self._is_unusual(terms, len(messages)):
            return messages
        return list(self._over_cap(terms.per_person_per_day, messages)) if terms.per_person_per_day else ()

    def _is_waived(self, rule: Rule, dispatch: Dispatch) -> bool:
        day = local(dispatch.due, self.ruleset.zone).date()
        return waiver_of(self.ruleset, rule, {dispatch.recipient, self._address(dispatch.recipient)}, day) is not None

    def _is_unusual(self, terms: VolumeGuard, count: int) -> bool:
        """Tell whether *count* more messages make the day unlike any other: many times the usual, and no mere round."""
        if terms.plan_over_median is None or len(self.traffic.days) < ENOUGH:
            return False
        total, usual = self.traffic.today + count, max(median(self.traffic.days), 1)
        return total > terms.plan_over_median * usual and total > len(self.register.people)

    def _over_cap(self, cap: int, messages: Sequence[Dispatch]) -> Iterator[Dispatch]:
        """Yield what goes beyond *cap* for one address on one day of its own; of several, what is due last."""
        ordered = sorted(messages, key=lambda dispatch: (dispatch.due, dispatch.key))
        days = {dispatch.key: self._day(dispatch).isoformat() for dispatch in ordered}
        mine = grouped(ordered, lambda dispatch: f"{days[dispatch.key]} {self._address(dispatch.recipient)}")
        for several in mine.values():
            address = self._address(several[0].recipient)
            yield from several[max(0, cap - self.traffic.per_day.get((address, days[several[0].key]), 0)) :]

    def _day(self, dispatch: Dispatch) -> date:
        """Return the day on which *dispatch* goes out, on the clock of its recipient."""
        goes = dispatch.due if self.plan.rehearsal else max(dispatch.due, self.plan.until)
        known = self.register.people.get(dispatch.recipient)
        return local(goes, (known.zone if known else "") or self.ruleset.zone).date()

    def _address(self, person: str) -> str:
        known = self.register.people.get(person)
        return (known.email if known else person).casefold()

    def flags(self, rule: Rule, terms: VolumeGuard, held: Mapping[str, str]) -> Iterator[Flag]:
        """Yield what a person must know of the messages *held*: key and recipient of each."""
        if not held:
            return
        people = grouped(sorted(held), lambda key: held[key])
        if len(people) > NAMED:
            text = f"{len(held)} messages to {len(people)} people wait: more than {rule.id} takes for usual"
            yield self._flag(rule, "plan", self.register.programme, text, sorted(held))
            return
        for person, keys in people.items():
            known = self.register.people.get(person)
            name, address = (known.name, known.email) if known else (person, person)
            allows = f"{rule.id} allows {terms.per_person_per_day} a day"
            wait = "1 message waits" if len(keys) == 1 else f"{len(keys)} messages wait"
            yield self._flag(rule, person, address, f"{name}: {wait}, {allows}", keys)

    def trial(self, rule: Rule, over: Mapping[str, str]) -> Iterator[Flag]:
        """Yield what *rule*, under audit, would hold."""
        if over:
            text = f"{rule.id} is under audit and would hold {len(over)} messages to {len(set(over.values()))} people"
            made = self._flag(rule, "plan", self.register.programme, text, sorted(over))
            words = ("convener", "explain", "rule", rule.id, "--scope", self.ruleset.scope)
            yield replace(made, severity="low", settle=shlex.join(words))

    def _flag(self, rule: Rule, about: str, subject: str, text: str, keys: Sequence[str]) -> Flag:
        what = (keys[0],) if len(keys) == 1 else ("--held", self.ruleset.scope)
        return Flag(
            id=f"{self.ruleset.scope}/{rule.id}/{about}",
            severity="medium",
            client=self.ruleset.client,
            programme=self.ruleset.programme,
            subject=subject,
            since=self.plan.until,
            text=text,
            settle=shlex.join(("convener", "ledger", "retry", *what)),
        )
