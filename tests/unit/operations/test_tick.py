"""Deciding and writing, once."""

from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from convener.decide import Prepared
from convener.errors import RefusedError
from convener.model import DispatchState, InviteMethod, Verb, Withdraw
from convener.operations import dates
from convener.operations.change import change
from convener.operations.delivery import deliver
from convener.operations.delivery.recovery import DEATHS
from convener.operations.ledger import release, rows
from convener.operations.rules import RuleBook
from convener.operations.tick import LEFT_ALONE, tick
from convener.runtime import open_workspace

SCOPE = "northern-health/primary-care"
LIVE = datetime(2026, 12, 7, 9, tzinfo=UTC)


def test_a_draft_sends_nothing(draft) -> None:
    """Nothing goes out before `go` (R30)."""
    assert () == tick(draft.workspace, at=LIVE).planned


def test_the_first_tick_welcomes_and_invites_everyone(live) -> None:
    """Forty welcomes, and an invite to each of nine sessions for every member and coach (R12, R13)."""
    planned = Counter(dispatch.verb for dispatch in tick(live.workspace, at=LIVE).planned)

    assert 40 == planned[Verb.SEND]
    assert (40 + 5) * 9 == planned[Verb.INVITE]


def test_the_same_moment_twice_plans_nothing_the_second_time(live) -> None:
    """One ledger row per automation, subject, slot and recipient (P2)."""
    first = tick(live.workspace, at=LIVE)
    second = tick(live.workspace, at=LIVE)

    assert (True, ()) == (bool(first.planned), second.planned)
    assert len(first.planned) == len(rows(live.workspace))


def test_delivering_twice_sends_nothing_the_second_time(calm) -> None:
    """A dispatch that was sent stays sent (P2, N5)."""
    planned = len(tick(calm.workspace, at=LIVE).planned)
    first, second = deliver(calm.workspace, at=LIVE), deliver(calm.workspace, at=LIVE)

    assert (planned, 0) == (first.sent, second.sent)
    assert {DispatchState.SENT} == {row.state for row in rows(calm.workspace)}


def test_a_moved_session_sends_one_update_each_and_no_stale_reminder(live) -> None:
    """Nine people get one update with a higher SEQUENCE; the old reminder never goes out (P3, P4, R12)."""
    tick(live.workspace, at=LIVE)
    deliver(live.workspace, at=LIVE)
    session = live.register.sessions["primary-care/tyneside/1"]
    live.clock.move_to(LIVE + timedelta(days=2))
    to = first_allowed(live, session)
    dates.move(live.workspace, f"northern-health/{session.id}", to=to)
    updates = [d for d in tick(live.workspace, at=live.clock.now()).planned if d.verb is Verb.INVITE]
    live.clock.move_to(to + timedelta(hours=1))
    tick(live.workspace, at=live.clock.now())
    reminders = [row.dispatch for row in rows(live.workspace) if row.dispatch.automation == "remind"]
    slots = {d.slot[:10] for d in reminders if d.session == session.id}

    assert [(9, {1}, {InviteMethod.REQUEST})] == [
        (len(updates), {d.invite.sequence for d in updates}, {d.invite.method for d in updates})
    ]
    assert 1 == len(slots)
    assert all(
        timedelta(days=1) < to.date() - datetime.fromisoformat(slot).date() < timedelta(days=6) for slot in slots
    )


def first_allowed(world, session):
    """Return the nearest later start that every inflexible rule allows."""
    for ahead in range(1, 40):
        to = session.starts + timedelta(days=ahead)
        try:
            dates.move(world.workspace, f"northern-health/{session.id}", to=to, dry_run=True)
        except RefusedError:
            continue
        return to
    raise LookupError(session.id)


def test_a_withdrawn_person_gets_one_cancel_for_each_session_and_nothing_more(live) -> None:
    """After leaving, nothing but the cancels of what the calendar still shows (P5, R2)."""
    tick(live.workspace, at=LIVE)
    deliver(live.workspace, at=LIVE)
    leaver = live.register.people["00105"]
    live.clock.move_to(LIVE + timedelta(days=30))
    tick(live.workspace, at=live.clock.now())
    deliver(live.workspace, at=live.clock.now())
    seen = {row.dispatch.key for row in rows(live.workspace)}
    change(live.workspace, SCOPE, Withdraw(person=leaver.email, on=live.clock.now().date()))
    live.clock.move_to(LIVE + timedelta(days=200))
    tick(live.workspace, at=live.clock.now())
    after = [
        r.dispatch for r in rows(live.workspace) if r.dispatch.recipient == leaver.id and r.dispatch.key not in seen
    ]

    assert {Verb.INVITE} == {dispatch.verb for dispatch in after}
    assert {InviteMethod.CANCEL} == {dispatch.invite.method for dispatch in after}
    assert len(after) == len({dispatch.session for dispatch in after})


def test_one_programme_that_cannot_be_decided_does_not_stop_the_others(live) -> None:
    """A client whose rules broke after go-live is named; nothing is raised (P14)."""
    file = live.workspace.folder / "rulesets" / "northern-health.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("schema = 1", "schema = one", 1), encoding="utf-8")
    report = tick(live.workspace, at=LIVE)

    assert [SCOPE] == [scope for scope, _ in report.failures]


def test_a_tick_can_be_rehearsed(calm) -> None:
    """`--dry-run` decides and writes neither ledger nor cursor."""
    before = calm.register
    rehearsed = tick(calm.workspace, at=LIVE, dry_run=True)

    assert 40 == len(rehearsed.planned)
    assert ([], before) == (rows(calm.workspace), calm.register)


def test_a_rule_that_is_due_sooner_is_not_slept_through(calm) -> None:
    """An edit of the rules is decided on at the next tick, whatever the last plan said of the next (R28, P1)."""
    quiet = tick(calm.workspace, at=LIVE).next_due
    file = calm.workspace.folder / "rulesets" / "northern-health.toml"
    soon = (
        "\n[programmes.primary-care.automations.hello]\non = 'every day at 09:05'\nfor_each = 'sponsor'\n"
        "do = { send = 'welcome', via = ['email'] }\n"
    )
    file.write_text(file.read_text(encoding="utf-8") + soon, encoding="utf-8")
    ten_past = LIVE + timedelta(minutes=10)
    planned = tick(calm.workspace, at=ten_past).planned

    assert quiet is not None
    assert ten_past < quiet
    assert ["hello"] == [dispatch.automation for dispatch in planned]


def test_what_the_guard_holds_waits_in_the_ledger(calm) -> None:
    """It stands there with the rule that holds it, is not delivered, and goes once a person lets it (N7)."""
    file = calm.workspace.folder / "rulesets" / "northern-health.toml"
    rule = "\n[programmes.primary-care.rules.sane-volume]\nper_person_per_day = 1\nreason = 'in this test'\n"
    hello = (
        "\n[programmes.primary-care.automations.hello]\non = 'participant.joined'\nfor_each = 'participant'\n"
        "do = { send = 'welcome', via = ['email'] }\n"
    )
    file.write_text(file.read_text(encoding="utf-8") + rule + hello, encoding="utf-8")
    report = tick(calm.workspace, at=LIVE)
    held = {row.dispatch.key: row.error for row in rows(calm.workspace, states=[DispatchState.HELD])}

    assert (80, 40, report.held) == (len(report.planned), len(held), held)
    assert {"sane-volume"} == set(held.values())
    assert 40 == deliver(calm.workspace, at=LIVE).sent
    assert 40 == len(release(calm.workspace, SCOPE))
    assert 40 == deliver(calm.workspace, at=LIVE).sent


def test_a_programme_that_is_not_due_is_not_asked(calm) -> None:
    """Its next moment stands in the store; nothing of it is loaded or judged before."""
    first = tick(calm.workspace, at=LIVE)
    with calm.workspace.store.begin() as tx:
        before = tx.load(*SCOPE.split("/")).cursor
    again = tick(calm.workspace, at=LIVE + timedelta(minutes=1))

    assert first.next_due == again.next_due
    assert (before, 0) == (calm.register.cursor, again.flags)


def test_another_process_hears_of_changed_rules(calm) -> None:
    """The stamp stands in the store: who edits and ticks is not who would have slept (P1)."""
    due = tick(calm.workspace, at=LIVE).next_due
    file = calm.workspace.folder / "rulesets" / "northern-health.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\n# a note\n", encoding="utf-8")
    moment = LIVE + timedelta(minutes=1)
    with closing(open_workspace(calm.workspace.folder, clock=calm.clock, environ={})) as other:
        tick(other, "nobody", at=moment)
        assert LIVE == calm.register.cursor
        tick(other, at=moment)

    assert moment == calm.register.cursor
    assert due == tick(calm.workspace, at=moment).next_due


def test_a_rehearsal_says_when_to_come_back(calm) -> None:
    """What the plan said of the next moment, although nothing of it is written."""
    rehearsed = tick(calm.workspace, at=LIVE, dry_run=True).next_due

    assert rehearsed == tick(calm.workspace, at=LIVE).next_due
    assert rehearsed is not None


class Torn(RuleBook):
    """Rules of which one programme breaks in a way that nobody foresaw."""

    def prepared(self, scope: str) -> Prepared:
        """Fail."""
        raise LookupError("ana@northern.example")


def test_what_nobody_foresaw_in_one_programme_is_named_without_its_text(live) -> None:
    """The text of an unknown error may hold an address; the others would go on (P14)."""
    torn = replace(live.workspace, rules=Torn.of(live.workspace.folder, live.workspace.settings))
    report = tick(torn, at=LIVE)

    assert ((SCOPE, "internal error LookupError, please report"),) == report.failures


def test_an_automation_that_comes_back_is_asked_at_once(live) -> None:
    """Left out for its message, it is mended without an edit of the rules: nobody sleeps through its due (P14)."""
    folder = live.workspace.folder / "templates" / "messages"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "welcome.md.j2").write_text("{{ broken", encoding="utf-8")
    live.workspace.rules.reload()
    without = tick(live.workspace, at=LIVE)
    (folder / "welcome.md.j2").unlink()
    live.workspace.rules.reload()
    again = tick(live.workspace, at=LIVE)

    assert "welcome" not in {dispatch.automation for dispatch in without.planned}
    assert {"welcome"} == {dispatch.automation for dispatch in again.planned}


def begun(world, times: int) -> None:
    """Begin to decide the programme, and die, as often as that."""
    for _ in range(times):
        with world.workspace.store.begin() as tx:
            tx.begin_deciding([SCOPE])


def test_a_programme_that_kills_its_process_is_left_alone_until_a_person_insists(calm) -> None:
    """Three deaths while it was decided; the fourth tick says so and goes on, and naming it tries again (fault 17)."""
    begun(calm, DEATHS)
    alone = tick(calm.workspace, at=LIVE)
    insisted = tick(calm.workspace, SCOPE, at=LIVE, insist=True)
    with calm.workspace.store.begin() as tx:
        tries = tx.tries()

    assert ((), ((SCOPE, LEFT_ALONE),)) == (alone.planned, alone.failures)
    assert (40, (), {}) == (len(insisted.planned), insisted.failures, tries)


def test_one_death_blames_nobody_for_good(calm) -> None:
    """Whoever was begun together is decided one by one afterwards, and forgiven when it ends (fault 17)."""
    begun(calm, DEATHS - 1)
    report = tick(calm.workspace, at=LIVE)
    with calm.workspace.store.begin() as tx:
        tries = tx.tries()

    assert (40, {}) == (len(report.planned), tries)


class Watching(RuleBook):
    """Rules that note how often deciding had been begun when they were asked for."""

    def prepared(self, scope: str) -> Prepared:
        """Look at the tries as another process sees them, and give up."""
        with closing(open_workspace(self.folder, environ={})) as other, other.store.begin() as tx:
            raise RefusedError(str(tx.tries()), rules=())


def test_a_try_is_written_down_before_the_work_and_taken_back_when_it_can_be_told(calm) -> None:
    """A death leaves its mark whenever it comes; an error that was told leaves none (fault 17, P14)."""
    watched = replace(calm.workspace, rules=Watching.of(calm.workspace.folder, calm.workspace.settings))
    reports = [tick(watched, at=LIVE) for _ in range(DEATHS + 1)]

    assert {((SCOPE, str({SCOPE: 1})),)} == {report.failures for report in reports}
