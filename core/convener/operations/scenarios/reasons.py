"""Why something expected did not go out: the explanation of `convener explain`, asked at the moment it was expected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from convener.decide import Prepared
from convener.decide.explanation import LedgerView, explain_automation
from convener.decide.stage.play import Stage
from convener.model import DispatchState, Register
from convener.model.traffic import Traffic
from convener.operations.scenarios.suite import Wanted
from convener.operations.scenarios.world import instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """How a stage stood at an instant."""

    at: datetime
    register: Register
    known: frozenset[str]
    """Keys of what had been decided."""
    traffic: Traffic

    @classmethod
    def of(cls, stage: Stage) -> "Glance":
        """Look at *stage* as it is now."""
        books = stage.books
        return cls(
            at=stage.now,
            register=stage.register,
            known=frozenset(books.known),
            traffic=books.tally.traffic(stage.now),
        )


@dataclass(frozen=True, slots=True)
class Reasons:
    """Explains by the rules *prepared*."""

    prepared: Prepared

    def why(self, glances: list[Glance], wanted: Wanted) -> Iterator[str]:
        """Yield why *wanted* did not go out, in lines; *glances* are how things stood, oldest first."""
        if all(each.automation.id != wanted.of for each in self.prepared.automations):
            yield f"why: there is no automation {wanted.of!r}, or it is switched off"
            return
        person = glances[0].register.people.get(wanted.to)
        at = instant(wanted.at, (person.zone if person else "") or self.prepared.ruleset.zone)
        glance = next((each for each in reversed(glances) if each.at < at), glances[0])
        ledger = LedgerView(traffic=glance.traffic, known=dict.fromkeys(glance.known, DispatchState.SENT))
        found = explain_automation(self.prepared, glance.register, wanted.of, wanted.to, at, ledger)
        yield f"why: {found.said}: {found.sentence}"
        if found.nearest_miss and found.nearest_miss not in found.sentence:
            yield f"nearest miss: {found.nearest_miss}"
        for clause in found.clauses:
            if clause.value is not True:
                value = "unknown" if clause.value is None else "false"
                yield f"{clause.place}: {clause.source} is {value}"
