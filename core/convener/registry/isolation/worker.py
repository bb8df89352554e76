"""One child process with one connector in it, seen from the parent."""

import json
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from subprocess import DEVNULL, Popen
from threading import Event, Timer
from typing import Any

from convener import failpoints
from convener.errors import AmbiguousError, Delay, RetryError
from convener.registry.isolation.speech import Answer, Call, Recipe

BOOT = """\
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from convener.registry.isolation.child import serve
serve(int(sys.argv[2]))
"""
"""What the child runs: it finds the same packages as its parent. Nothing secret stands on its command line."""
STARTING = 20.0
"""Seconds a child may take to import its plugin and make its connector; part of what a call may take."""


class Worker:
    """A child that answers one call at a time and can be ended amid one."""

    def __init__(self, recipe: Recipe) -> None:
        """Start a child for *recipe*; raises RetryError when none can be started, for then nothing went out."""
        self._recipe = recipe
        try:
            self._process, self._pipe = _start()
        except OSError as cause:
            raise _unstarted(recipe, cause.strerror or type(cause).__name__) from cause
        try:
            ready = self._converse(recipe, STARTING)
        except Exception as cause:
            why = str(cause) if isinstance(cause, _GoneError) else type(cause).__name__
            raise _unstarted(recipe, why) from cause
        if ready.error is not None:
            self.end()
            raise _unstarted(recipe, str(ready.error)) from ready.error

    def ask(self, call: Call) -> Answer:
        """Return how *call* ended; when the child dies of it, or is ended for taking too long, nobody knows."""
        try:
            return self._converse(call, self._recipe.deadline)
        except _GoneError as gone:
            raise AmbiguousError(f"connector {self._recipe.name!r} {gone}") from gone

    def alive(self) -> bool:
        """Tell whether the child can be asked."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the child, whatever it is doing, and wait until it is gone; any thread may, also while another asks."""
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """End the child and let go of it; only for whom it serves."""
        self.kill()
        self._pipe.close()

    def _converse(self, said: Recipe | Call, deadline: float) -> Answer:
        """Say something and return the answer; without one the child is gone, and _GoneError says how."""
        late = Event()
        try:
            with self._within(deadline, late):
                self._pipe.send(said)
                answer = self._pipe.recv()
        except (EOFError, OSError) as cause:
            self.end()
            if late.is_set():
                raise _GoneError(f"did not answer within {deadline:g} s and was ended") from cause
            raise _GoneError(f"died with code {self._process.returncode}") from cause
        except BaseException:
            self.end()  # an answer that cannot be read, or nobody who waits for one
            raise
        return replace(answer, last=answer.last or late.is_set())  # ended just after it had answered

    @contextmanager
    def _within(self, seconds: float, late: Event) -> Generator[None]:
        """End the child when the block takes longer than *seconds*, which also ends the block."""

        def expire() -> None:
            late.set()
            self._process.kill()

        timer = Timer(seconds, expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


class _GoneError(Exception):
    """The child is gone, and the text says how."""


def _start() -> "tuple[Popen[bytes], Connection[Any, Answer]]":
    """Start a child in a session of its own, so that what is typed on the terminal is not for it."""
    ours, theirs = Pipe()
    environment = {name: value for name, value in os.environ.items() if name not in _OURS}
    with theirs:
        handle = theirs.fileno()
        command = [sys.executable, "-P", "-c", BOOT, json.dumps(sys.path), str(handle)]
        try:
            process = Popen(  # noqa: S603 - our own interpreter and our own words
                command,
                stdin=DEVNULL,
                stdout=DEVNULL,
                stderr=DEVNULL,
                pass_fds=(handle,),
                start_new_session=True,
                env=environment,
            )
        except BaseException:
            ours.close()
            raise
    return process, ours


_OURS = frozenset({failpoints.VARIABLE, failpoints.JOURNAL})
"""Variables that are meant for the parent, which makes the calls."""


def _unstarted(recipe: Recipe, why: str) -> RetryError:
    return RetryError(f"connector {recipe.name!r} cannot be started: {why}", delay=Delay.MISCONFIGURED)
