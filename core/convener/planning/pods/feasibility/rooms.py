"""What coaches can take against what pods need: in all, and of those whose zone fits."""

from collections import Counter
from collections.abc import Mapping, Sequence

from convener.planning.pods.carriers import Carrier
from convener.planning.pods.feasibility.blocks import Block
from convener.planning.pods.feasibility.counts import needed
from convener.planning.pods.feasibility.crowd import SHOWN, Crowd, Proof
from convener.rulesets.kinds import CoachAccredited, CoachLoad, Quorum


def uncoached(crowd: Crowd) -> Proof | None:
    """Say that no coach at all can be allocated."""
    question = crowd.question
    if not question.coached or any(carrier.room != 0 for carrier in question.carriers):
        return None
    if question.carriers:
        return Proof(words=f"{_who(crowd, question.carriers)} can take no further pod{_rules(crowd, CoachLoad)}")
    if any(rule.inflexible for rule, _ in question.ruleset.rules_of(CoachAccredited)):
        return Proof(words=f"no coach has what is asked{_rules(crowd, CoachAccredited)}")
    asked = _rules(crowd, Quorum)
    return Proof(words=f"none of the coaches who may be allocated has answered, so no pod can have a coach{asked}")


def out_of_reach(crowd: Crowd) -> Proof | None:
    """Say whose working hours fit no coach's, or nobody's at all."""
    for zone in sorted(set(crowd.zones.values()) - {""}):
        people = tuple(person for person in crowd.question.people if crowd.zones[person] == zone)
        if not crowd.zones_fit(zone, zone):
            rule = crowd.clashes[zone, zone]
            return Proof(words=f"nobody works as many hours a day as rule {rule} asks people to share")
        if crowd.question.coached and not _fitting(crowd, zone):
            rules = sorted({rule for pair, rule in crowd.clashes.items() if zone in pair})
            words = f"no coach shares enough working hours with {crowd.listed(people)} in {zone} (rule {rules[0]})"
            return Proof(words=words, people=people[:1])
    return None


def short_of_coaches(crowd: Crowd, found: Sequence[Block]) -> Proof | None:
    """Say that more pods are needed than the coaches, or those of fitting zones, can take."""
    if not crowd.question.coached:
        return None
    for zones, carriers in _shares(crowd):
        rooms = [carrier.room for carrier in carriers]
        room = sum(each or 0 for each in rooms)
        count, people = _pods_of(crowd, found, zones)
        if None not in rooms and count > room:
            where = f" for the {len(people)} people in {', '.join(sorted(zones))}" if zones else ""
            words = (
                f"{_who(crowd, carriers)} can take {room} pod{'' if room == 1 else 's'}{_rules(crowd, CoachLoad)}, "
                f"{count} {'is' if count == 1 else 'are'} needed{where}"
            )
            reasons = "; ".join(why for block in found if not zones and (why := _why(crowd, block)))
            return Proof(words=f"{words}: {reasons}" if reasons else words, people=people)
    return None


def _why(crowd: Crowd, block: Block) -> str:
    return needed(crowd, block)[1].words


def _shares(crowd: Crowd) -> list[tuple[frozenset[str], tuple[Carrier, ...]]]:
    """Return sets of zones with the coaches that fit any of them, after all zones with all coaches.

    Hall's condition (Philip Hall, Journal of the London Mathematical Society, 1935) for the sets that matter: zones
    whose coaches are all among those of one zone.
    """
    fitting = {zone: _fitting(crowd, zone) for zone in sorted(set(crowd.zones.values()) - {""})}
    shares = [(frozenset[str](), crowd.question.carriers)]
    for coaches in dict.fromkeys(fitting.values()):
        inside = {carrier.id for carrier in coaches}
        zones = frozenset(zone for zone, mine in fitting.items() if {carrier.id for carrier in mine} <= inside)
        shares.append((zones, coaches))
    return shares


def _fitting(crowd: Crowd, zone: str) -> tuple[Carrier, ...]:
    return tuple(carrier for carrier in crowd.question.carriers if crowd.zones_fit(zone, crowd.coaching_zone(carrier)))


def _pods_of(crowd: Crowd, found: Sequence[Block], zones: frozenset[str]) -> tuple[int, tuple[str, ...]]:
    """Return how many pods must hold people of *zones*, and those people; no zones for everybody."""
    if not zones:
        return sum(needed(crowd, block)[0] for block in found), crowd.question.people
    people = tuple(person for person in crowd.question.people if crowd.zones[person] in zones)
    held: Mapping[int, int] = Counter(
        at for at, block in enumerate(found) for p in block.people if crowd.zones[p] in zones
    )
    return sum(-(-count // crowd.most) for count in held.values()), people


def _who(crowd: Crowd, carriers: Sequence[Carrier]) -> str:
    rooms = ", ".join(f"{crowd.name(c.id)} {'any' if c.room is None else c.room}" for c in carriers[:SHOWN])
    more = f", {len(carriers) - SHOWN} more" if len(carriers) > SHOWN else ""
    return f"{len(carriers)} coach{'' if len(carriers) == 1 else 'es'} ({rooms}{more})"


def _rules(crowd: Crowd, kind: type[CoachLoad] | type[CoachAccredited] | type[Quorum]) -> str:
    found = [rule.id for rule, _ in crowd.question.ruleset.rules_of(kind) if rule.inflexible]
    return f" (rule {', '.join(found)})" if found else ""
