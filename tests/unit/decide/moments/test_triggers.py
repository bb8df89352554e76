"""Moments as ops write them."""

import ast
from datetime import date, time, timedelta
from pathlib import Path

import pytest

import convener.decide
from convener.decide.moments.triggers import UNRAISED, Relative, Rhythm, Trigger, TriggerError, parse_trigger
from convener.model import EVENT_NAMES, Span, Unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("session.held", Relative("session.held")),
        ("2 hours after session.held", Relative("session.held", Span(2, Unit.HOUR))),
        ("1 day after session.held, at 10:00", Relative("session.held", Span(1, Unit.DAY), 1, time(10))),
        (
            "2 working days before session.starts, at 09:00",
            Relative("session.starts", Span(2, Unit.WORKING_DAY), -1, time(9)),
        ),
        ("1 month before programme.starts", Relative("programme.starts", Span(1, Unit.MONTH), -1)),
        ("1 week after programme.ends", Relative("programme.ends", Span(1, Unit.WEEK), 1)),
        ("45 minutes before session.starts", Relative("session.starts", Span(45, Unit.MINUTE), -1)),
        ("session.ends, at 18:00", Relative("session.ends", None, 1, time(18))),
        ("3 months after participant.joined", Relative("participant.joined", Span(3, Unit.MONTH), 1)),
        ("1 day before poll.closes at 9:00", Relative("poll.closes", Span(1, Unit.DAY), -1, time(9))),
        ("every  friday,  at 16:00", Rhythm(time(16), weekday=4)),
        ("every week on monday at 07:30", Rhythm(time(7, 30), weekday=0)),
        ("every monday at 08:00", Rhythm(time(8), weekday=0)),
        ("every working day at 9:30", Rhythm(time(9, 30), working=True)),
        ("every day", Rhythm(time(9))),
        ("every 2 weeks on tuesday at 14:00", Rhythm(time(14), weekday=1, weeks=2)),
        ("every month on the third thursday", Rhythm(time(9), weekday=3, months=1, nth=3)),
        ("every 3 months on the last friday at 16:00", Rhythm(time(16), weekday=4, months=3, nth=-1)),
    ],
)
def test_moments_are_read_as_written(text: str, expected: Trigger) -> None:
    """R28: events, times relative to something, and rhythms."""
    assert expected == parse_trigger(text)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("session.strts", "there is no event or field 'session.strts'", "did you mean 'session.starts'?"),
        ("1 week after programme.ended", "there is no event or field", "did you mean 'programme.ends'?"),
        ("2 days before session.held", "nothing can be due before 'session.held' happens", "use 'after'"),
        ("1 day before poll.opened", "nothing can be due before 'poll.opened' happens", "use 'after'"),
        ("2 workin days before session.starts", "'2 workin days' is not a length", "did you mean 'working days'?"),
        ("two days before session.starts", "'two days' is not a length of time", "write the number: '2 days'"),
        ("2 fortnights before session.starts", "not a length of time", "units: minute, hour, day, working day, week"),
        ("1.5 hours after session.ends", "'1.5 hours' is not a length of time", "for example"),
        ("2 days befor session.starts", "'befor' does not say on which side", "did you mean 'before'?"),
        ("2 days before", "is not a moment", "for example"),
        ("2 days before session starts", "is not a moment", "for example"),
        ("session.starts at noon", "'noon' is not a time of day", "for example 09:00"),
        ("every mondey", "is not a rhythm", "did you mean 'every monday'?"),
        ("every mondy at 08:00", "is not a rhythm", "did you mean 'every monday'?"),
        ("every 2 weeks on tusday", "'tusday' is not a day of the week", "did you mean 'tuesday'?"),
        ("every two weeks on tuesday", "'two' is not a number", "write 'every 2 weeks on …'"),
        ("every 0 weeks on monday", "'0' weeks are no rhythm", "from 1 to 24"),
        ("every 99 months on the first monday", "'99' months are no rhythm", "from 1 to 24"),
        ("every month on the thrid friday", "'thrid' is not a place in the month", "did you mean 'third'?"),
        ("every month on the 3rd friday", "'3rd' is not a place in the month", "write 'third'"),
        ("every month on the 15th", "'15th' is not a place in the month", "'every month on the third thursday'"),
        ("every 5th monday", "is not a rhythm", "write 'every month on the last monday'"),
        ("every other friday", "is not a rhythm", "write 'every 2 weeks on friday'"),
        ("every weekday", "is not a rhythm", "write 'every working day'"),
        ("every hour", "is not a rhythm", "for example 'every monday at 08:00'"),
        ("every monday at 25:00", "'25:00' is not a time of day", "for example 09:00"),
        ("every monday at 9am", "'9am' is not a time of day", "for example 09:00"),
        ("25:00", "is not a moment", "for example"),
        ("Every Monday", "'Every Monday' is not a moment", "small letters: 'every monday'"),
        ("soon", "'soon' is not a moment", "for example"),
        ("", "is not a moment", "for example"),
    ],
)
def test_what_cannot_be_read_names_the_cure(text: str, message: str, hint: str) -> None:
    """P18: a slip of the pen is an error that says what is wrong, with the nearest name or an example."""
    with pytest.raises(TriggerError) as caught:
        parse_trigger(text)

    assert message in str(caught.value)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("text", "is_event", "is_unraised"),
    [
        ("2 days after poll.opened", False, False),
        ("1 day before poll.closes, at 09:00", False, False),
        ("poll.opened", True, True),
        ("1 hour after poll.answered", True, True),
        ("1 hour after session.held", True, False),
    ],
)
def test_with_a_span_a_poll_has_fields(text: str, is_event: bool, is_unraised: bool) -> None:
    """R28: so long after a poll opened is a time, known from the register; its opening is an event."""
    trigger = parse_trigger(text)

    assert isinstance(trigger, Relative)
    assert (is_event, is_unraised) == (trigger.is_event, trigger.is_unraised)


def test_every_event_is_raised_or_known_not_to_be() -> None:
    """P18: whoever comes to raise an event takes it off the list."""
    folder = Path(convener.decide.__file__).parents[1]
    raising = [*folder.glob("operations/**/*.py"), *folder.glob("decide/changes/*.py")]
    raised = {
        node.value
        for path in raising
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in EVENT_NAMES
    }

    assert EVENT_NAMES - raised == UNRAISED


def test_weeks_and_months_count_from_the_programme() -> None:
    """Every second week means the programme's first week, its third, and so on."""
    epoch, tuesday = date(2027, 1, 18), date(2027, 1, 19)
    rhythm = parse_trigger("every 2 weeks on tuesday")

    assert isinstance(rhythm, Rhythm)
    assert [True, False, True] == [rhythm.falls_on(tuesday + timedelta(weeks=n), epoch) for n in range(3)]


def test_the_nth_weekday_of_a_month() -> None:
    """The third Thursday and the last one are found by counting."""
    epoch = date(2027, 1, 1)
    days = [date(2027, 4, 1) + timedelta(days=n) for n in range(30)]
    third, last = (parse_trigger(f"every month on the {nth} thursday") for nth in ("third", "last"))

    assert isinstance(third, Rhythm)
    assert isinstance(last, Rhythm)
    assert [date(2027, 4, 15)] == [day for day in days if third.falls_on(day, epoch)]
    assert [date(2027, 4, 29)] == [day for day in days if last.falls_on(day, epoch)]
