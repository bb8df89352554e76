"""Proposed pods on the terminal and as JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from convener.cli.face import Face
from convener.cli.plans import instead_shape, print_rules, rise
from convener.cli.shapes import address, rule_shape, violation_shape
from convener.cli.tables import show_table
from convener.model import Instead, Person, PodProposal, ProposedPod, Register, RuleOutcome
from convener.operations.pods import ByHand, PodsDifference, RuleShift, Shown

MANY = 24
"""From this many pods on, members are listed only when asked for."""
NEAREST = 12
"""How many of the pods considered for somebody are listed."""
People = Mapping[str, Person]


def print_proposal(face: Face, shown: Shown, *, why: bool = False) -> None:
    """Print what is *shown* as JSON, or as tables: the pods, who sits where, and the rules; with *why* the reasons."""
    proposal, people = shown.proposal, shown.register.people
    if face.json:
        face.data(shape(proposal, shown.register))
        return
    rows = (_pod_row(pod, people, shown.costs.get(pod.id, {})) for pod in proposal.pods)
    show_table(face, "Pods", ("pod", "people", "coach", "cost", "not satisfied"), rows)
    if why:
        for pod in proposal.pods:
            _print_reasons(face, pod, people)
    elif len(proposal.pods) < MANY:
        show_table(face, "Who sits where", ("pod", "members"), _members(proposal, people))
    print_rules(face, proposal.rules)
    if proposal.trades:
        trades = ((trade.moves, f"{trade.score:,}", ", ".join(trade.breaches) or "none") for trade in proposal.trades)
        show_table(face, "What more moves would buy", ("moves", "cost", "inflexible rules still broken"), trades)


def name_of(people: People, person: str | None) -> str:
    """Return the name of *person*, the id of somebody unknown, or that there is nobody yet."""
    known = people.get(person or "")
    return known.name if known else person or "not yet"


def short_pod(pod: str | None) -> str:
    """Return a pod without its programme, `leeds`; a dash for none."""
    return pod.partition("/")[2] or pod if pod else "-"


def _pod_row(pod: ProposedPod, people: People, costs: Mapping[str, int]) -> tuple[object, ...]:
    frozen = ["frozen"] if pod.frozen else []
    rules = sorted(costs, key=lambda name: (costs[name] > 0, -costs[name], name))
    said = (f"{name} {costs[name]}" if costs[name] else f"{name} BROKEN" for name in rules)
    cost = sum(costs.values())
    return short_pod(pod.id), len(pod.seats), name_of(people, pod.coach), cost, ", ".join([*frozen, *said])


def _members(proposal: PodProposal, people: People) -> Iterator[tuple[str, str]]:
    for pod in proposal.pods:
        yield short_pod(pod.id), ", ".join(name_of(people, seat.person) for seat in pod.seats)


def _print_reasons(face: Face, pod: ProposedPod, people: People) -> None:
    rows = [(name_of(people, seat.person), "\n".join(seat.why)) for seat in pod.seats]
    coach = [(f"{name_of(people, pod.coach)}, coach", "\n".join(pod.coach_why))] if pod.coach else []
    show_table(face, pod.id, ("name", "why"), [*rows, *coach])


def print_difference(face: Face, found: PodsDifference, register: Register, *, title: str) -> None:
    """Print what *found* changes: people, coaches and rules."""
    people = register.people
    if found.empty:
        face.say(f"{title}: everybody stays where they are")
    else:
        moves = ((name_of(people, s.what), short_pod(s.before), short_pod(s.after)) for s in found.people)
        show_table(face, title, ("who", "from", "to"), moves)
    if found.coaches:
        rows = ((short_pod(s.what), name_of(people, s.before), name_of(people, s.after)) for s in found.coaches)
        show_table(face, "Coaches", ("pod", "from", "to"), rows)
    if found.rules:
        show_table(
            face, "Rules", ("rule", "before", "after"), ((r.id, _said(r.before), _said(r.after)) for r in found.rules)
        )
    joined = sum(shift.before is None for shift in found.people)
    left = sum(shift.after is None for shift in found.people)
    moved = len(found.people) - joined - left
    before, after = found.scores
    face.say(f"{moved} move, {joined} join, {left} leave; cost {before:,} before, {after:,} after")


def _said(outcome: RuleOutcome | None) -> str:
    if outcome is None:
        return "-"
    return "broken" if outcome.flexibility == "inflexible" and not outcome.satisfied else f"{outcome.cost:,}"


def print_by_hand(face: Face, found: ByHand) -> None:
    """Print a proposal changed by hand: how the cost changes, and the flexible rules that it breaks now."""
    proposal, register = found.after.proposal, found.after.register
    if face.json:
        violations = [violation_shape(violation) for violation in found.violations]
        face.data(shape(proposal, register) | {"violations": violations, "score_before": found.before})
        return
    print_proposal(face, found.after)
    for violation in found.violations:
        face.say(f"warning: {violation.rule}: {violation.text}")
    face.say(f"cost {found.before:,} before, {proposal.score:,} now")


def print_others(face: Face, person: Person, pod: str, others: Sequence[Instead], people: People) -> None:
    """Print the pods that were considered for *person*, who sits in *pod*, of very many the cheapest."""
    rows = (
        (
            short_pod(each.what),
            name_of(people, each.partner) if each.partner else "-",
            rise(each.cost),
            "\n".join(each.rules),
        )
        for each in others[:NEAREST]
    )
    title = f"{person.name} sits in {short_pod(pod)}; instead"
    show_table(face, title, ("pod", "in exchange for", "cost", "because"), rows)
    if len(others) > NEAREST:
        face.say(f"{len(others) - NEAREST:,} other pods are no cheaper; --json lists them all")


def shape(proposal: PodProposal, register: Register) -> dict[str, object]:
    """Return the JSON shape of *proposal*."""
    people = register.people
    return {
        "programme": proposal.programme,
        "score": proposal.score,
        "bound": proposal.bound,
        "pods": [_pod_shape(pod, people) for pod in proposal.pods],
        "rules": [rule_shape(outcome) for outcome in proposal.rules],
        "seed": proposal.seed,
        "steps": proposal.steps,
        "trades": [
            {"moves": trade.moves, "score": trade.score, "breaches": list(trade.breaches)} for trade in proposal.trades
        ],
    }


def _pod_shape(pod: ProposedPod, people: People) -> dict[str, object]:
    return {
        "id": pod.id,
        "coach": address(people, pod.coach),
        "coach_why": list(pod.coach_why),
        "frozen": pod.frozen,
        "members": [
            {
                "id": seat.person,
                "email": address(people, seat.person),
                "name": name_of(people, seat.person),
                "why": list(seat.why),
            }
            for seat in pod.seats
        ],
    }


def difference_shape(found: PodsDifference, register: Register) -> dict[str, object]:
    """Return the JSON shape of *found*."""
    people = register.people
    before, after = found.scores
    return {
        "people": [
            {"id": s.what, "email": address(people, s.what), "from": s.before, "to": s.after} for s in found.people
        ],
        "coaches": [
            {"pod": s.what, "from": address(people, s.before), "to": address(people, s.after)} for s in found.coaches
        ],
        "rules": [_rule_shift_shape(shift) for shift in found.rules],
        "score": {"before": before, "after": after},
    }


def _rule_shift_shape(shift: RuleShift) -> dict[str, object]:
    return {
        "id": shift.id,
        "before": rule_shape(shift.before) if shift.before else None,
        "after": rule_shape(shift.after) if shift.after else None,
    }


def others_shape(person: Person, pod: str, others: Iterable[Instead], people: People) -> dict[str, object]:
    """Return the JSON shape of what might have been instead for *person*."""
    return {
        "id": person.id,
        "email": person.email,
        "pod": pod,
        "others": [instead_shape(other, people) for other in others],
    }
