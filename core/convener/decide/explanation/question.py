"""One question about an automation, taken apart: which occurrence, for which pair, and what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from convener.decide.audiences import Pair, scene_of
from convener.decide.explanation.answers import ClauseShown, Outcome
from convener.decide.explanation.audience import why_not_meant
from convener.decide.explanation.clauses import clauses_shown, missing_facts, nearest_miss
from convener.decide.explanation.occasions import (
    Asked,
    Occasion,
    Occasions,
    asked_of,
    goes_to,
    occasion_of,
    wide,
)
from convener.decide.explanation.outcomes import (
    BEST_FIRST,
    DRAFT,
    GONE_OUT,
    INSTANT,
    LATE,
    Held,
    best_of,
    late_words,
    outcomes,
)
from convener.decide.explanation.past import as_it_stood
from convener.decide.explanation.sources import shown
from convener.decide.facts import Scene
from convener.decide.index import Index
from convener.decide.moments.lateness import Fate, fate_of
from convener.decide.occurrences import Occurrence
from convener.decide.prepared import PreparedAutomation
from convener.decide.rulings import Decision
from convener.decide.setting import Setting, Window
from convener.model import DispatchState, ProgrammeState
from convener.model.traffic import Traffic

NOT_THERE = "not in the ledger"
"""Detail of what would have gone out, as far as anybody can tell now, and did not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerView:
    """What an explanation needs to know of the ledger."""

    traffic: Traffic = field(default_factory=Traffic)
    known: Mapping[str, DispatchState] | None = None
    """States of what the ledger holds, by key; None when nobody looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one occurrence comes to for one pair, or for somebody it is not meant for."""

    decision: Decision
    detail: str = ""
    recipient: str
    person: str = ""
    clauses: tuple[ClauseShown, ...] = ()
    miss: str = ""
    """What stood in the way, in words."""
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The occurrence a question is about, and what it comes to."""

    occurrence: Occurrence
    best: Verdict
    others: tuple[Verdict, ...]
    """The same for each further participant of theirs."""
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, and all that its answer hangs on."""

    setting: Setting
    automation: PreparedAutomation
    who: str
    at: datetime
    ledger: LedgerView
    wanted: tuple[str, str] | None = None
    """Subject and slot, where one occurrence is meant and no other."""
    near: datetime | None = None
    """When that is, if not at *at*."""

    def find(self) -> Found | None:
        """Return what the question comes to; None when the automation never falls due.

        What has been decided is looked at as the register stood when it fell due, as far as that explains it.
        """
        found = self.as_asked()
        if found is None or not self._is_decided(found.occurrence):
            return found
        then = self._back_then(found.occurrence).as_asked()
        explains = then is not None and then.best.detail != NOT_THERE
        return replace(then, before=found.before, after=found.after) if then is not None and explains else found

    def _back_then(self, occurrence: Occurrence) -> "Question":
        """Return the same question about *occurrence*, to the register as it stood when that fell due."""
        prepared = self.setting.prepared
        past = as_it_stood(self.setting.index.register, occurrence.as_of)
        setting = replace(self.setting, index=Index.of(prepared, past))
        return replace(self, setting=setting, wanted=(occurrence.moment.subject, occurrence.slot), near=occurrence.due)

    def as_asked(self) -> Found | None:
        """Return what the question comes to by the register as it was given."""
        asked = asked_of(self.setting.index, self.automation, self.who)
        every = Occasions.of(self._wide, self.automation, asked)
        exact = every.exactly(*self.wanted) if self.wanted else None
        chosen = exact or every.nearest(self.near or self.at)
        if chosen is None:
            return None
        before, after = every.before(chosen), every.after(chosen)
        chosen = self._since_live(chosen, asked)
        best, *others = sorted(self._verdicts(chosen, asked), key=_order)
        return Found(occurrence=chosen.occurrence, best=best, others=tuple(others), before=before, after=after)

    @property
    def _wide(self) -> Setting:
        return wide(self.setting, self.near or self.at)

    # -- when it is decided -------------------------------------------------------------------------------------

    @property
    def _is_draft(self) -> bool:
        return self.setting.index.register.state is ProgrammeState.DRAFT

    def _since_live(self, chosen: Occasion, asked: Asked) -> Occasion:
        """Return *chosen* as going live calls it, where it fell due in draft and is still of use."""
        live = self.setting.index.live_since
        occurrence = chosen.occurrence
        lasts = self.automation.lasts and (occurrence.deadline is None or live <= occurrence.deadline)
        if self._is_draft or occurrence.as_of > live or not lasts:
            return chosen
        called = replace(occurrence, called=live + INSTANT)
        return occasion_of(self._wide, self.automation, called, asked)

    def _is_decided(self, occurrence: Occurrence) -> bool:
        cursor = self.setting.index.register.cursor
        return cursor is not None and occurrence.as_of <= cursor

    def _present(self, occurrence: Occurrence) -> Setting:
        """Return the setting in which *occurrence* is decided: now if it waits, else as if asked in time."""
        if occurrence.as_of > self.at or self._is_decided(occurrence) or self._is_draft:
            return self._wide
        cursor = self.setting.index.register.cursor
        since = cursor or occurrence.as_of - INSTANT
        return replace(self.setting, window=Window(since, self.at))

    # -- what it comes to ---------------------------------------------------------------------------------------

    def _verdicts(self, chosen: Occasion, asked: Asked) -> list[Verdict]:
        occurrence = chosen.occurrence
        if chosen.pairs:
            return [self._verdict(occurrence, pair) for pair in chosen.pairs]
        index = self.setting.index
        decision, detail, why = why_not_meant(self.setting, self.automation, occurrence, asked)
        scene = Scene(index=index, moment=occurrence.moment, person=self.who, at=occurrence.due)
        clauses = clauses_shown(self.automation.clauses, scene)
        whom = ("", self.who) if asked.by_person else (self.who, "")
        made = Verdict(decision=decision, detail=detail, recipient=whom[0], person=whom[1], clauses=clauses, miss=why)
        return [self._by_ledger(occurrence, made)]

    def _verdict(self, occurrence: Occurrence, pair: Pair) -> Verdict:
        clauses = clauses_shown(self.automation.clauses, scene_of(self.setting, occurrence, pair))
        values = [clause.value for clause in clauses]
        made = Verdict(decision=Decision.FIRE, recipient=pair.recipient, person=pair.person, clauses=clauses)
        if False in values:
            made = replace(made, decision=Decision.NOT_MATCHED, miss=nearest_miss(clauses))
        elif None in values:
            missing = ", ".join(missing_facts(clauses))
            made = replace(made, decision=Decision.UNDECIDED, detail=missing, miss=nearest_miss(clauses))
        elif not goes_to(self._wide, self.automation, occurrence, pair):
            miss = "what the register says of it came in later, and counts from then"
            made = replace(made, decision=Decision.NOT_MATCHED, miss=miss)
        else:
            made = self._matched(occurrence, made)
        return self._by_ledger(occurrence, made)

    def _matched(self, occurrence: Occurrence, made: Verdict) -> Verdict:
        """Return what becomes of an occurrence whose clauses all hold."""
        index, register = self.setting.index, self.setting.index.register
        if register.state is ProgrammeState.CLOSED:
            return replace(made, decision=Decision.NOT_MATCHED, miss="the programme is closed")
        present = self._present(occurrence)
        fated = self._fated(present, occurrence)
        if fated.fate is Fate.GONE:
            return replace(made, decision=Decision.MISSED, detail=LATE, miss=late_words(self.automation))
        held = Held(
            traffic=self.ledger.traffic,
            known=self.ledger.known or {},
            decided=self._is_decided(occurrence) or self._is_draft,
        )
        found = outcomes(present, self.automation, fated, made.recipient, held)
        if self._is_draft:
            miss = "the programme is in draft, and nothing goes out before it goes live"
            return replace(made, decision=Decision.SUPPRESSED, detail=DRAFT, outcomes=found, miss=miss)
        if occurrence.as_of <= index.live_since and not self.automation.is_event:
            live = shown(index.live_since, self.setting.prepared.ruleset.zone)
            miss = f"it fell due before the programme went live on {live}"
            return replace(made, decision=Decision.SUPPRESSED, detail=DRAFT, outcomes=found, miss=miss)
        return self._settled(fated, replace(made, outcomes=found))

    def _fated(self, present: Setting, occurrence: Occurrence) -> Occurrence:
        window = present.window
        fate = fate_of(
            self.automation.late,
            (window.since, window.present(occurrence.as_of)),
            occurrence.as_of,
            occurrence.deadline,
        )
        return replace(occurrence, fate=Fate.SEND if window.rehearsal else fate)

    def _settled(self, occurrence: Occurrence, made: Verdict) -> Verdict:
        """Return *made* with the decision its outcomes come to."""
        best = best_of(made.outcomes)
        if best is None:
            return replace(made, decision=Decision.NOT_MATCHED, miss="it has no step that goes anywhere")
        decided = self.ledger.known is not None and self._is_decided(occurrence)
        if best.decision in (Decision.FIRE, Decision.SUPPRESSED) and best.key and best.state is None and decided:
            return self._undone(made)
        return replace(made, decision=best.decision, detail=best.detail, miss=best.why)

    def _undone(self, made: Verdict) -> Verdict:
        cursor = self.setting.index.register.cursor
        when = shown(cursor, self.setting.prepared.ruleset.zone) if cursor else ""
        miss = f"it is not in the ledger, and all was decided up to {when}: rules or register stood otherwise then"
        return replace(made, decision=Decision.MISSED, detail=NOT_THERE, miss=miss)

    def _by_ledger(self, occurrence: Occurrence, made: Verdict) -> Verdict:
        """Return *made*, or what the ledger says where it went out all the same: things stood otherwise then."""
        scope, automation = self.setting.prepared.ruleset.scope, self.automation.automation.id
        subject = occurrence.moment.subject or self.setting.index.register.programme
        begin, end = f"{scope}/{automation}/", f"/{subject}/{occurrence.slot}/{made.recipient}"
        known = {key: state for key, state in (self.ledger.known or {}).items() if state in GONE_OUT}
        gone = {key: state for key, state in known.items() if key.startswith(begin) and key.endswith(end)}
        if made.outcomes or not gone:
            return made
        steps = tuple(
            Outcome(
                step=key[len(begin) : -len(end)],
                connector="",
                key=key,
                decision=Decision.FIRE,
                due=occurrence.due,
                state=state,
            )
            for key, state in sorted(gone.items())
        )
        miss = f"when it was decided it held; as things stand now it would not: {made.miss}"
        return replace(made, decision=Decision.FIRE, detail="", outcomes=steps, miss=miss)


def _order(verdict: Verdict) -> tuple[int, int, str]:
    """Sort what goes out first, then what came nearest to it."""
    hurdles = sum(clause.value is not True for clause in verdict.clauses)
    return BEST_FIRST.index(verdict.decision), hurdles, verdict.person
