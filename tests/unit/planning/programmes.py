"""Programmes of any size, made up by chance: people, managers, coaches, every kind of rule, answers to a dates poll.

Loaded by the fixture `drawn` of the conftest beside this file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from convener.errors import Place
from convener.model import (
    Answer,
    Availability,
    Coach,
    Coaching,
    DateRange,
    Enrolment,
    Management,
    Membership,
    ParticipantStatus,
    Person,
    Pod,
    PodProposal,
    Register,
    Slot,
    Span,
)
from convener.rulesets.kinds import KINDS
from convener.rulesets.ruleset import RosterPlan, Rule, Ruleset, SessionPlan

JOINED, DAY, STARTS = date(2026, 11, 2), date(2026, 12, 1), date(2027, 1, 18)
EARLIEST = datetime(2026, 12, 20, tzinfo=UTC)
REGIONS: Mapping[str, tuple[str, ...]] = {
    "emea": ("Europe/London", "Europe/Berlin", "Europe/Helsinki"),
    "amer": ("America/New_York", "America/Chicago", "America/Denver"),
    "apac": ("Asia/Singapore", "Asia/Tokyo", "Australia/Brisbane"),
}
"""Zones by region; a region's zones share at least five working hours all year."""
HOURS = {"emea": 11, "amer": 17, "apac": 2}
"""When slots of a region start, in UTC: inside working hours everywhere in it."""
DEPARTMENTS = ("care", "sales", "repairs", "supply", "people", "law", "")
GRADES = ("3", "4", "5", "6", "7", "")
WORDS = ((Answer.YES, 0.55), (Answer.IF_NEEDED, 0.7), (Answer.NO, 1.0))
"""Answers inside working hours, each with the share of all answers up to it."""
ONE_REGION = 30
"""Fewer people all belong to one region."""
ONE_POD = 7
"""As many people as one pod holds; among so few nobody is a manager."""
MANAGED = 8
"""Every so many people the next is somebody's manager too."""


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme before its pods are proposed."""

    ruleset: Ruleset
    register: Register
    availability: Availability


def rule(each: str, kind: str, *, weight: int = 0, **terms: object) -> Rule:
    """Return a rule of *kind*, inflexible unless it has a weight, with *terms* as a rule file writes them."""
    return Rule(
        id=each,
        kind=kind,
        inflexible=not weight,
        weight=weight or 1,
        terms=KINDS[kind].model_validate(terms),
        place=Place("rules.toml"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """A little world said in plain numbers and words, so that hypothesis can draw and shrink it."""

    people: tuple[tuple[str, str, str], ...]
    """Team, grade and zone of each participant."""
    rules: tuple[Rule, ...]
    coaches: tuple[tuple[int | None, bool, str], ...] = ()
    """Most pods, whether accredited, and zone of each coach."""
    bosses: tuple[tuple[int, int], ...] = ()
    """Person and manager, by number."""

    def ruleset(self) -> Ruleset:
        """Return the rules as a programme of three sessions."""
        return _ruleset({each.id: each for each in self.rules}, 3)

    def register(self) -> Register:
        """Return the people and coaches."""
        people = {
            name(number): Person(
                id=name(number),
                name=name(number).title(),
                email=f"{name(number)}@acme.example",
                zone=zone,
                attributes={"team": team, "grade": grade},
            )
            for number, (team, grade, zone) in enumerate(self.people)
        }
        coaches = {f"coach-{number}": coach for number, coach in enumerate(self.coaches)}
        advisers = {c: Person(id=c, name=c.title(), email=f"{c}@c.example", zone=z) for c, (_, _, z) in coaches.items()}
        return Register(
            client="acme",
            programme="lead",
            people={**people, **advisers},
            coaches={
                c: Coach(id=c, max_pods=most, accredited=frozenset({"team"} if able else ()), years=3)
                for c, (most, able, _) in coaches.items()
            },
            enrolments=tuple(Enrolment(person=p, status=ParticipantStatus.ACTIVE, since=JOINED) for p in people),
            managements=tuple(
                Management(person=name(one), manager=name(other), since=JOINED)
                for one, other in self.bosses
                if one != other and max(one, other) < len(people)
            ),
        )


def name(number: int) -> str:
    """Return the id of a participant by number."""
    return f"p{number:04}"


def pair(one: int, other: int) -> list[str]:
    """Return two participants as a rule file names them."""
    return [f"{name(one)}@acme.example", f"{name(other)}@acme.example"]


def draw(people: int, *, seed: int = 1, sessions: int = 4, weeks: int = 12) -> Programme:
    """Return a programme for *people* with rules of every kind; all of them can hold."""
    chance = Random(f"{people}-{seed}")  # noqa: S311 - makes examples, not secrets
    persons = _persons(people, chance)
    coaches = _coaches(people, chance)
    everybody = {**persons, **{each: person for each, (person, _) in coaches.items()}}
    register = Register(
        client="acme",
        programme="lead",
        people=everybody,
        coaches={each: coach for each, (_, coach) in coaches.items()},
        enrolments=tuple(Enrolment(person=p, status=ParticipantStatus.ACTIVE, since=JOINED) for p in persons),
        managements=tuple(_managements(list(persons))),
    )
    rules = {each.id: each for each in (*_pod_rules(persons, chance), *_date_rules())}
    return Programme(_ruleset(rules, sessions), register, _availability(everybody, weeks, chance))


def _region(place: int, people: int) -> str:
    if people < ONE_REGION:
        return "emea"
    return ("emea", "amer", "emea", "apac", "emea", "amer")[place % 6]


def _persons(people: int, chance: Random) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for place in range(people):
        each = name(place)
        region = _region(place, people)
        found[each] = Person(
            id=each,
            name=each.title(),
            email=f"{each}@acme.example",
            zone=chance.choice(REGIONS[region]),
            holidays=chance.choice(("", "", "GB-ENG")) if region == "emea" else "",
            attributes={
                "region": region,
                "department": chance.choice(DEPARTMENTS),
                "grade": chance.choice(GRADES),
                "site": f"site {chance.randrange(12)}",
            },
        )
    return found


def _coaches(people: int, chance: Random) -> dict[str, tuple[Person, Coach]]:
    """Return enough coaches for every region, three pods each, some without an accreditation, some away for a week."""
    found: dict[str, tuple[Person, Coach]] = {}
    for region in sorted({_region(place, people) for place in range(people)}):
        here = sum(_region(place, people) == region for place in range(people))
        for number in range(2 + -(-here // 15)):
            each = f"{region}-{number:03}@coaches.example"
            away = STARTS + timedelta(weeks=chance.randrange(12))
            found[each] = (
                Person(id=each, name=each.partition("@")[0].title(), email=each, zone=REGIONS[region][1]),
                Coach(
                    id=each,
                    max_pods=3,
                    accredited=frozenset({"team", "solo"} if number % 3 else {"solo"}),
                    years=2 + number % 9,
                    away=(DateRange(away, away + timedelta(days=4)),) if number % 4 == 1 else (),
                ),
            )
    return found


def _managements(names: Sequence[str]) -> Iterable[Management]:
    """Yield a manager for everybody: most are strangers, a few take part themselves."""
    for place, each in enumerate(names):
        inside = place % MANAGED == 1 and len(names) > ONE_POD
        boss = names[place - 1] if inside else f"boss-{place // MANAGED}@acme.example"
        yield Management(person=each, manager=boss, since=JOINED)


def _pod_rules(persons: Mapping[str, Person], chance: Random) -> Iterable[Rule]:
    yield rule("pod-size", "pod-size", min=5, target=6, max=7)
    yield rule("region", "same", by=["region"])
    yield rule("site", "same", weight=1, by=["site"])
    yield rule("mix", "mix", weight=3, by=["department"])
    yield rule("grades", "similar", weight=1, by=["grade"])
    yield rule("managers", "apart", who="manager-and-report")
    yield rule("hours", "timezone-overlap", min="4 hours")
    yield rule("load", "coach-load", max_pods=4, max_sessions_per_day=2)
    yield rule("accredited", "coach-accredited", weight=5, accredited=["team"], min_years=3)
    pairs = list(_couples(persons, chance))
    if len(pairs) > 1:
        half = len(pairs) // 2
        yield rule("friends", "together", pairs=pairs[:half])
        yield rule("rivals", "apart", weight=4, pairs=pairs[half:])


def _couples(persons: Mapping[str, Person], chance: Random) -> Iterable[list[str]]:
    """Yield pairs from one region in which nobody occurs twice, leaving out managers and their reports."""
    by_region: dict[str, list[str]] = {}
    for place, person in enumerate(persons.values()):
        if place % MANAGED > 1:
            by_region.setdefault(person.attributes["region"], []).append(person.email)
    for here in by_region.values():
        chosen = chance.sample(here, len(here) // 6)
        yield from ([one, other] for one, other in zip(chosen[::2], chosen[1::2], strict=False))


def _date_rules() -> Iterable[Rule]:
    yield rule("gap", "session-gap", min="5 days", max="63 days")
    yield rule("rhythm", "session-gap", weight=1, min="14 days", max="28 days")
    yield rule("window", "session-window", days=["mon", "tue", "wed", "thu", "fri"], between=["00:00", "23:59"])
    yield rule("own-hours", "session-window", weight=2, between=["08:00", "18:00"], zone="member")
    yield rule("pattern", "session-pattern", weight=1, same=["weekday"])
    yield rule("blackout", "blackout", dates=["2027-02-15..2027-02-17"])
    yield rule("holidays", "holidays", weight=6)
    yield rule("quorum", "quorum", weight=12, members="60 %")
    yield rule("coach-there", "quorum", members=1, coach=True)


def _ruleset(rules: Mapping[str, Rule], sessions: int) -> Ruleset:
    return Ruleset(
        client="acme", client_name="Acme", programme="lead", title="Leading", zone="Europe/London", locale="en-GB",
        holidays="GB-ENG", wording={}, stack={}, sponsors=(), starts=STARTS,
        sessions=SessionPlan(count=sessions, length=Span.parse("2 hours"), every=Span.parse("3 weeks")),
        topics=tuple(f"Topic {number}" for number in range(1, sessions + 1)), pod_chooses=0, topics_from=(),
        roster=RosterPlan(path="roster.csv"), coaches=None, automations={}, polls={}, waivers={}, rules=rules,
    )  # fmt: skip


def _availability(everybody: Mapping[str, Person], weeks: int, chance: Random) -> Availability:
    """Return answers to slots on three days of each week in every region's hours; a no outside somebody's own."""
    hours = sorted({HOURS[region] for region, zones in REGIONS.items() for p in everybody.values() if p.zone in zones})
    slots: list[Slot] = []
    for week in range(weeks):
        for weekday in (0, 1, 3):
            day = STARTS + timedelta(weeks=week, days=weekday)
            starts = [datetime.combine(day, time(hour), UTC) for hour in hours]
            slots += [Slot(starts=at, ends=at + timedelta(hours=2)) for at in starts]
    at_work = {zone: [_works(slot, zone) for slot in slots] for zone in {p.zone for p in everybody.values()}}
    return Availability(
        slots=tuple(slots),
        answers={
            each: tuple(_answer(chance, p, works=works) for works in at_work[p.zone]) for each, p in everybody.items()
        },
    )


def _works(slot: Slot, zone: str) -> bool:
    return time(8) <= slot.starts.astimezone(ZoneInfo(zone)).time() <= time(18)


def _answer(chance: Random, person: Person, *, works: bool) -> Answer:
    number = chance.random()
    if not works or (person.email.endswith("coaches.example") and number > 0.85):
        return Answer.NO
    if person.email.endswith("coaches.example"):
        return Answer.YES
    return next(answer for answer, share in WORDS if number <= share)


def adopt(register: Register, proposal: PodProposal) -> Register:
    """Return the register with the proposed pods accepted."""
    pods = proposal.pods
    return replace(
        register,
        pods={pod.id: Pod(id=pod.id, name=pod.name) for pod in pods},
        memberships=tuple(Membership(person=s.person, pod=p.id, since=DAY) for p in pods for s in p.seats),
        coachings=tuple(Coaching(pod=p.id, coach=p.coach, since=DAY) for p in pods if p.coach),
    )
