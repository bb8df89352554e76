"""Why a pod has its coach: load, zone, accreditation, and who else could have taken it."""

from collections import Counter
from collections.abc import Mapping

from convener.planning.pods.carriers import Carrier
from convener.planning.pods.explanation.ledger import Ledger
from convener.planning.pods.explanation.rules import listed
from convener.planning.pods.question import minutes_of
from convener.rulesets.kinds import TimezoneOverlap


def why_coached(ledger: Ledger) -> list[tuple[str, ...]]:
    """Return for each pod why it has its coach."""
    question = ledger.question
    by_id = {carrier.id: carrier for carrier in question.carriers}
    taken = Counter(pod.coach for pod in ledger.pods)
    free = [carrier for carrier in question.carriers if carrier.room is None or taken[carrier.id] < carrier.room]
    asked = [minutes_of(terms) for rule, terms in question.ruleset.rules_of(TimezoneOverlap) if rule.inflexible]
    fitting: dict[frozenset[str], list[str]] = {}
    found: list[tuple[str, ...]] = []
    for pod in ledger.pods:
        zones = frozenset(question.zone(person) for person in pod.members)
        if zones not in fitting:
            pairs = [
                (carrier, [(carrier.zone, zone, least) for zone in sorted(zones) for least in asked])
                for carrier in free
            ]
            fitting[zones] = [carrier.id for carrier, shared in pairs if all(question.shares(*each) for each in shared)]
        others = [question.name(coach) for coach in fitting[zones] if coach != pod.coach]
        found.append(_why(ledger, by_id.get(pod.coach or ""), taken, others))
    return found


def _why(ledger: Ledger, coach: Carrier | None, taken: Mapping[str | None, int], others: list[str]) -> tuple[str, ...]:
    if coach is None:
        return ("no coach is known yet",)
    question = ledger.question
    load, here = taken[coach.id] + coach.carries, question.ruleset.zone
    limit = "" if coach.room is None else f", at most {coach.room + coach.carries}"
    near = "the programme's zone" if coach.zone == here else f"the programme is in {here}"
    said = [f"carries {load} pod{'' if load == 1 else 's'} in all{limit}", f"works in {coach.zone}, {near}"]
    if coach.skills:
        said.append(f"accredited for {listed(sorted(coach.skills))}, {coach.years} years")
    return (*said, f"{listed(others)} could take it too" if others else "nobody else is free to take it")
