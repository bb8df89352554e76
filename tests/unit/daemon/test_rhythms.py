"""How often a job comes round."""

from datetime import timedelta

from convener.daemon.rhythms import Rhythm

MINUTE = timedelta(minutes=1)


def counting(*wishes: float | None) -> tuple[Rhythm, list[int]]:
    """Return a rhythm of a minute, and the list that grows by each time its job is done."""
    done: list[int] = []

    def work() -> float | None:
        done.append(len(done))
        return wishes[len(done) - 1] if len(done) <= len(wishes) else None

    return Rhythm(MINUTE, work), done


def test_the_first_time_is_at_once_and_the_second_a_rhythm_later() -> None:
    """A daemon that was down has no minute to lose."""
    rhythm, done = counting()
    rhythm.run_if_due()
    rhythm.run_if_due()

    assert [0] == done
    assert 0 < rhythm.idle <= 60


def test_a_job_may_wish_to_come_sooner_but_not_later() -> None:
    """`tick` comes again when the next thing is due (P3)."""
    rhythm, done = counting(0.0, 3600.0)
    for _ in range(3):
        rhythm.run_if_due()

    assert [0, 1] == done
    assert rhythm.idle <= 60


def test_what_is_hurried_comes_at_once() -> None:
    """A nudge does not wait for the rhythm."""
    rhythm, done = counting()
    rhythm.run_if_due()
    rhythm.hasten()
    rhythm.run_if_due()

    assert [0, 1] == done


def test_idle_is_what_it_is_set_to() -> None:
    """After a wait it is what really passed that counts, not what the wall clock says (fault 12)."""
    rhythm, done = counting()
    rhythm.run_if_due()
    for idle in (7200.0, 0.0):
        rhythm.idle = idle
        rhythm.run_if_due()

    assert [0, 1] == done


def test_no_rhythm_is_shorter_than_a_second() -> None:
    """Half a second would be no rhythm at all to `schedule`, which counts whole ones."""
    rhythm = Rhythm(timedelta(milliseconds=1), lambda: None)
    rhythm.run_if_due()

    assert rhythm.idle > 0
