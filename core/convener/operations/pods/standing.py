"""How pods stand now: the register, the day that planning looks at, and what coaches carry elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from convener.errors import UsageError
from convener.model import Commitment, PodProposal, ProposedPod, Register, Seat, Violation
from convener.operations import proposals
from convener.operations.workspace import Scope, Workspace, local_day, moment
from convener.planning import Measured, measure_pods, verify_pods
from convener.rulesets.ruleset import Ruleset
from convener.store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What pods of a programme are judged by."""

    ruleset: Ruleset
    register: Register
    day: date
    """The first day of the programme, or today once that has passed."""
    commitments: tuple[Commitment, ...]

    def measured(self, proposal: PodProposal, changed: Collection[str] = ()) -> Measured:
        """Return *proposal* with its rules as they are, the pods *changed* explained anew, and what each pod costs."""
        return measure_pods(
            self.ruleset, self.register, proposal, day=self.day, commitments=self.commitments, changed=changed
        )

    def violations(self, proposal: PodProposal) -> tuple[Violation, ...]:
        """Return every rule that *proposal* breaks, as the independent verifier finds it."""
        return verify_pods(self.ruleset, self.register, proposal, day=self.day, commitments=self.commitments)

    def present(self) -> PodProposal | None:
        """Return the pods of today as if they were proposed, None while none is accepted."""
        pods = tuple(
            _present(self.register, pod, self.day) for pod in sorted(self.register.pods) if self._has_members(pod)
        )
        if not pods:
            return None
        bare = PodProposal(programme=self.ruleset.programme, seed=0, score=0, bound=0, pods=pods, rules=())
        return self.measured(bare).proposal

    def _has_members(self, pod: str) -> bool:
        return bool(self.register.members(pod, self.day))


def standing(tx: Transaction, workspace: Workspace, scope: str) -> Standing:
    """Return how *scope* stands; raise UsageError while nobody is enrolled."""
    ruleset = workspace.rules.ruleset(Scope.parse(scope).of_programme)
    register = tx.load(ruleset.client, ruleset.programme)
    if not register.enrolments:
        raise UsageError(f"nobody is enrolled in {ruleset.scope}", hint=f"run: convener sync {ruleset.client}")
    day = max(local_day(moment(workspace.clock, register), ruleset), ruleset.starts)
    commitments = tuple(tx.commitments(ruleset.scope, day))
    return Standing(ruleset=ruleset, register=register, day=day, commitments=commitments)


def proposed(tx: Transaction, now: Standing) -> PodProposal:
    """Return the last proposal; raise UsageError when there is none."""
    return proposals.last(tx, now.ruleset.scope, "pods", PodProposal)


def _present(register: Register, pod: str, day: date) -> ProposedPod:
    known = register.pods[pod]
    seats = tuple(Seat(person=person, why=()) for person in register.members(pod, day))
    return ProposedPod(id=pod, name=known.name, coach=register.coach_of(pod, day), seats=seats, frozen=known.frozen)
