"""What an occurrence is about."""

from datetime import UTC, datetime

from convener.decide.moments.moment import Due, Moment


def test_a_moment_is_about_the_programme_unless_it_names_more() -> None:
    """R28: a rhythm is about the programme alone; a due moment adds when and under which slot."""
    moment = Moment(subject="lead")

    due = Due(moment, datetime(2027, 1, 11, 8, tzinfo=UTC), "2027-01-11T08:00")

    assert (None, None, None) == (due.moment.session, due.moment.event, due.moment.poll)
