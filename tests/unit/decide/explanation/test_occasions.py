"""Which occurrence is meant."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from convener.decide.explanation.occasions import Asked, Circle, Occasions, asked_of, wide
from convener.decide.index import Index
from convener.decide.moments.moment import Moment
from convener.decide.setting import Setting, Window
from convener.model import Pod, PollRequest, Register

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)


def occasions(world: Any, automation: Any, who: str, register: Register | None = None) -> Occasions:
    """Return the occurrences that a question about *who* could be about."""
    prepared = world.prepared(automation)
    setting = wide(Setting(prepared, Index.of(prepared, register or world.register()), Window(NOW, NOW)), NOW)
    made = prepared.automations[0]
    return Occasions.of(setting, made, asked_of(setting.index, made, who))


def test_the_nearest_of_their_own_is_meant(world: Any) -> None:
    """P16: of another pod's sessions they hear nothing, however near those are."""
    register: Register = world.register()
    south = world.session(1, NOW, "lead/south")
    register = replace(
        register.with_session(south), pods={**register.pods, "lead/south": Pod(id="lead/south", name="South")}
    )
    found = occasions(world, world.automation("session.starts"), "ann", register)

    assert "lead/north/1" == found.nearest(NOW).occurrence.moment.session.id
    assert "lead/south/1" == found.exactly("lead/south/1", "2027-02-01T09:00").occurrence.moment.session.id


def test_the_times_before_and_after_are_theirs(world: Any) -> None:
    """P16: when it fell due the time before, and when it does next."""
    found = occasions(world, world.automation("every monday at 08:00"), "ann")
    chosen = found.nearest(NOW)

    assert (date(2027, 1, 25), date(2027, 2, 1), date(2027, 2, 8)) == (
        found.before(chosen).date(),
        chosen.occurrence.due.date(),
        found.after(chosen).date(),
    )


def test_nothing_falls_due(world: Any) -> None:
    """Without a moment there is none to choose."""
    found = occasions(world, world.automation("session.held"), "ann", replace(world.register(), sessions={}))

    assert found.nearest(NOW) is None


def test_a_participant_may_stand_for_what_their_manager_gets(world: Any) -> None:
    """P16: nobody asks by a manager who is not known."""
    prepared = world.prepared(world.automation("session.held", for_each="manager"))
    index = Index.of(prepared, world.register())
    (automation,) = prepared.automations

    assert [Asked("ann", by_person=True), Asked("mia@acme.example", by_person=False)] == [
        asked_of(index, automation, who) for who in ("ann", "mia@acme.example")
    ]


def test_a_circle_is_people_and_their_pods(world: Any) -> None:
    """A manager's circle has their people; polls and events go by the person."""
    index = Index.of(world.prepared(), world.register())
    mine = Circle.of(index, Asked("mia@acme.example", by_person=False))
    poll = PollRequest(poll="p", subject="lead", person="cat", opened=NOW, closes=NOW)
    of_ann, of_cat = (
        Moment(subject="lead", event=world.event("participant.joined", "lead", NOW, who)) for who in ("ann", "cat")
    )
    asked: Callable[[Moment], bool] = mine.has

    assert [True, False, False] == [asked(each) for each in (of_ann, of_cat, Moment(subject="lead", poll=poll))]
    assert [True, True, False] == [asked(Moment(subject=each)) for each in ("lead", "lead/north", "lead/south")]
