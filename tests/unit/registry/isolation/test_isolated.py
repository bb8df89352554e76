"""A connector whose calls run in child processes."""

import os
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from convener.errors import AmbiguousError, ConnectorError, ConvenerError, DataError, Delay, PermanentError, RetryError
from convener.ports import Publication
from convener.registry.isolation import Isolated
from convener.testing import a_mail

pytestmark = pytest.mark.integration
Make = Callable[..., Isolated]


def ask(isolated: Isolated, text: str) -> str:
    """Send a message of that text."""
    return isolated.send(a_mail(text=text))


def test_every_port_is_served_from_another_process(isolated: Make) -> None:
    """Fault 19: what a connector does in a child comes back as if it had done it here."""
    served = isolated()
    publication = Publication(client="c", programme="p", name="n", as_of=date(2027, 1, 1), files={"html": b""})
    coaches = served.read_coaches()

    assert str(os.getpid()) != ask(served, "work")
    assert (True, False) == (served.arrived("<there@x>"), served.arrived("<not@x>"))
    assert "shelf n 1" == served.publish(publication)
    assert coaches is not None
    assert ({"a": "1"}, None) == (coaches.rows[0].values, served.read_availability("c", "p"))


def test_a_child_is_kept_for_the_next_call(isolated: Make) -> None:
    """Fault 19: starting one costs more than a call, so one serves many."""
    served = isolated()

    assert 1 == len({ask(served, "work") for _ in range(5)})


def test_calls_at_once_have_a_child_each(isolated: Make) -> None:
    """Fault 19: two calls wait for each other, which one child could not do."""
    served = isolated()
    met: list[str] = []
    threads = [threading.Thread(target=lambda: met.append(ask(served, "meet 2"))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ["2", "2"] == met


def test_a_call_that_hangs_is_ended(isolated: Make, tmp_path: Any, gone: Callable[[int], bool]) -> None:
    """Fault 19: past the deadline the child is killed, nobody knows how far it came, and the next has a new one."""
    served = isolated(deadline=1.0)

    with pytest.raises(AmbiguousError, match="connector 'x' did not answer within 1 s and was ended"):
        ask(served, "hang")

    assert gone(int((tmp_path / "hanging").read_text()))
    assert ask(served, "work")


def test_a_child_that_dies_of_a_call_leaves_it_ambiguous(isolated: Make) -> None:
    """Fault 17, P14: what ends its whole process ends a child of ours, and the next call has a new one."""
    served = isolated()

    with pytest.raises(AmbiguousError, match="connector 'x' died with code 3"):
        ask(served, "leave")

    assert ask(served, "work")


def test_a_child_that_died_between_calls_is_replaced(isolated: Make, soon: Any, gone: Any) -> None:
    """Somebody killed it while it was idle: nothing was on the wire, so nothing is ambiguous."""
    served = isolated()
    first = int(ask(served, "work"))
    os.kill(first, 9)
    assert soon(lambda: gone(first))

    assert str(first) != ask(served, "work")


ERRORS: list[tuple[str, type[Exception], str, dict[str, object]]] = [
    ("later", RetryError, "no room", {"retry_after": 60, "delay": Delay.FULL}),
    ("refuse", PermanentError, "box 7", {"dead": True}),
    ("fail", AmbiguousError, "connector 'x' broke: KeyError", {}),
    ("lack", RetryError, "connector 'x' needs nobody_has_this", {"delay": Delay.MISCONFIGURED}),
]
"""What a connector is told to do, and how that comes back."""


def test_errors_cross_with_what_they_know(isolated: Make) -> None:
    """Fault 18: a plugin's own kinds come as ours, surprises as the guard tells them, and none repeats an address."""
    served = isolated()
    for text, kind, words, known in ERRORS:
        with pytest.raises(ConvenerError) as caught:
            ask(served, text)

        assert kind is type(caught.value)
        assert str(caught.value).startswith(words)
        assert known == {name: getattr(caught.value, name) for name in known}


def test_rubbish_is_refused(isolated: Make) -> None:
    """P14: what no port promises, or no pipe can carry, is an error and leaves the child of use."""
    served = isolated()

    with pytest.raises(ConnectorError, match="connector 'x' returned a function, not a Table"):
        served.read_roster("rubbish")
    with pytest.raises(ConnectorError, match="connector 'x' returned what cannot be passed on"):
        served.read_roster("nested")
    with pytest.raises(DataError, match="nowhere: no such file"):
        served.read_roster("nowhere")


def test_what_it_prints_goes_nowhere(isolated: Make, capfd: pytest.CaptureFixture[str]) -> None:
    """Fault 38: neither its words nor its traces reach our output."""
    ask(isolated(), "talk")

    assert ("", "") == capfd.readouterr()


@pytest.mark.parametrize("limits", [{"most_calls": 1}, {"most_memory": 1}])
def test_a_child_that_has_done_enough_is_replaced(isolated: Make, limits: dict[str, int]) -> None:
    """What leaks is thrown away with its process, after the call and not amid one."""
    served = isolated(**limits)

    assert 2 == len({ask(served, "work") for _ in range(2)})


def test_a_child_that_piles_up_is_replaced(isolated: Make) -> None:
    """It is what it holds that counts, not what it does."""
    served = isolated(most_memory=200 * 1024**2)

    small = {ask(served, "pile 1000") for _ in range(2)}
    big = {ask(served, "pile 300000000")}

    assert small == big
    assert big != {ask(served, "work")}


def test_no_call_takes_all_the_memory(isolated: Make) -> None:
    """It fails for want of memory before the machine does."""
    with pytest.raises(AmbiguousError, match="broke: MemoryError"):
        ask(isolated(), f"grab {8 * 1024**3}")


def test_resting_ends_idle_children(isolated: Make, gone: Callable[[int], bool]) -> None:
    """With the child goes every line and file it held; the next call has a new one."""
    served = isolated()
    first = ask(served, "work")
    served.rest()

    assert gone(int(first))
    assert first != ask(served, "work")


def test_closing_ends_busy_children(isolated: Make, soon: Any, tmp_path: Any, gone: Any) -> None:
    """A call that hangs does not keep anybody from leaving."""
    served = isolated()
    caught: list[BaseException] = []

    def hang() -> None:
        try:
            ask(served, "hang")
        except AmbiguousError as error:
            caught.append(error)

    thread = threading.Thread(target=hang)
    thread.start()
    assert soon(lambda: (tmp_path / "hanging").exists() and (tmp_path / "hanging").read_text())
    served.close()
    thread.join()

    assert 1 == len(caught)
    assert gone(int((tmp_path / "hanging").read_text()))
