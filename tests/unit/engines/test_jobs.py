"""What a job is called, and what of it is kept."""

from datetime import UTC, datetime

import pytest

from convener.engines.jobs import URGENCY, Job, Work

NOON = datetime(2027, 1, 19, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("job", "name"),
    [
        (Job(work=Work.TICK, subject="acme/first"), "tick:acme/first"),
        (Job(work=Work.DELIVER, subject="acme/mail", nth=2), "deliver:acme/mail#2"),
        (Job(work=Work.DELIVER, subject="acme/mail", at=NOON), "deliver:acme/mail"),
        (Job(work=Work.HOUSEKEEPING), "housekeeping:"),
    ],
)
def test_a_name_says_what_is_done(job: Job, name: str) -> None:
    """Two jobs with one name would do the same, whatever moment they are for."""
    assert name == job.name


@pytest.mark.parametrize("at", [None, NOON])
def test_what_the_queue_keeps_is_the_whole_job(at: datetime | None) -> None:
    """Told and heard, nothing is lost."""
    job = Job(work=Work.DELIVER, subject="acme/mail", nth=3, at=at)

    assert job == Job.heard(**job.told())


def test_what_is_decided_comes_before_what_is_sent_and_that_before_what_is_read() -> None:
    """A tick is most urgent: what is not decided cannot be sent."""
    assert [Work.TICK, Work.DELIVER, Work.SYNC, Work.HOUSEKEEPING] == sorted(Work, key=lambda work: -URGENCY[work])
