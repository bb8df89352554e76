"""A dispatch as if it were due now."""

import pytest

from convener.model import InviteMethod, Verb
from convener.operations.pretence import INVITES, Pretence, Way

SCOPE = "northern-health/primary-care"
CHIARA, MANAGER, COACH = "00101", "mairead.rahman@northern.example", "musa.bello@coaches.example"


def pretence(world, person: str) -> Pretence:
    """Return *person* in the programme as it stands."""
    prepared = world.workspace.rules.prepared(SCOPE)
    return Pretence(prepared=prepared, register=world.register, person=person, at=world.clock.now())


def way(world, automation: str, channel: str = "email") -> Way:
    """Return how the first step of *automation* goes out."""
    prepared = world.workspace.rules.prepared(SCOPE)
    found = next(one for one in prepared.automations if one.automation.id == automation)
    return Way(automation=found, step=found.automation.steps[0], channel=channel)


@pytest.mark.parametrize(
    ("person", "role"),
    [(CHIARA, "participant"), (MANAGER, "manager"), (COACH, "coach"), ("priya.nair@northern.example", "sponsor")],
)
def test_people_have_roles(live, person, role) -> None:
    """What somebody is to the programme decides which audiences they are of."""
    found = pretence(live, person)

    assert {role} == found.roles
    assert (role == "participant") == found.is_for(way(live, "remind"))
    assert (role != "sponsor") == found.is_for(way(live, "evaluation"))


def test_a_session_message_speaks_of_the_next_one_of_their_pod(live) -> None:
    """Its subject and its session; a welcome speaks of the programme."""
    mine = pretence(live, CHIARA)
    reminder, welcome = (mine.dispatch(way(live, name)) for name in ("remind", "welcome"))

    assert ("primary-care/cumbria/1", "primary-care/cumbria/1") == (reminder.subject, reminder.session)
    assert ("primary-care", "") == (welcome.subject, welcome.session)
    assert (("00101",), "mail") == (reminder.people, reminder.connector)


def test_after_the_last_session_it_is_the_last(live) -> None:
    """Nothing is ahead any more."""
    live.clock.move_to(live.clock.now().replace(year=2028, month=6))

    assert "primary-care/cumbria/9" == pretence(live, CHIARA).dispatch(way(live, "remind")).session


def test_invites_have_the_terms_of_their_message(live) -> None:
    """A request, an update with a higher sequence, a cancellation."""
    mine = pretence(live, CHIARA)
    terms = {
        name: mine.dispatch(way(live, "invites", "calendar"), sequence).invite for name, sequence in INVITES.items()
    }

    assert InviteMethod.CANCEL is terms["invite-cancel"].method
    assert [0, 1, 2] == [one.sequence for one in terms.values()]
    assert tuple(INVITES) == way(live, "invites").messages


def test_a_poll_is_open_for_the_one_who_is_asked(live) -> None:
    """Asked by its own message or chased by another."""
    mine = pretence(live, CHIARA)
    asked, chased = mine.dispatch(way(live, "pulse")), mine.dispatch(way(live, "dates-chase"))

    assert (Verb.POLL, "engagement", "availability") == (asked.verb, asked.poll, chased.poll)
    assert ("engagement", asked.subject, CHIARA) in mine.asked(asked).polls
    assert mine.register is mine.asked(mine.dispatch(way(live, "welcome")))
