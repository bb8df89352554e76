"""What is written down, and what never is."""

import io
import json
import logging
import re
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from convener.daemon import logs
from convener.daemon.logs import EVENTS, FIELDS, Lines, log_to

CANARY = "canary@acme.example"


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """Let everything be logged, and give the lines once somebody asks; all is as before afterwards."""
    stream, root, hook = io.StringIO(), logging.getLogger(), threading.excepthook
    handlers, level = root.handlers[:], root.level
    log_to(stream)

    class Read(list[dict[str, Any]]):
        def __iter__(self) -> Iterator[dict[str, Any]]:
            return (json.loads(line) for line in stream.getvalue().splitlines())

    yield Read()
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)
    logging.basicConfig(handlers=handlers, level=level, force=True)
    threading.excepthook = hook


def test_known_fields_are_written(lines: list[dict[str, Any]]) -> None:
    """One JSON object a line, with when and how bad."""
    structlog.get_logger("convener.daemon").info("tick.planned", dispatches=3, missed=0, flags=1)
    (line,) = lines

    assert {"event": "tick.planned", "level": "info", "dispatches": 3, "missed": 0, "flags": 1} == {
        key: value for key, value in line.items() if key != "timestamp"
    }
    assert line.keys() <= FIELDS.keys()


def test_other_fields_are_dropped_and_addresses_withheld(lines: list[dict[str, Any]]) -> None:
    """Whoever writes the next line cannot leak by mistake (fault 38)."""
    structlog.get_logger("x").error("job.failed", job=f"sync {CANARY}", person="Canary Bird", reason=CANARY)
    (line,) = lines

    assert ("(withheld)", 2) == (line["job"], line["dropped"])
    assert "anary" not in json.dumps(line)


def test_other_libraries_are_heard_without_their_words(lines: list[dict[str, Any]]) -> None:
    """Nobody knows what they say (fault 38)."""
    logging.getLogger("some.library").error("cannot send to %s", CANARY)
    logging.getLogger("some.library").info("sending to %s", CANARY)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(f"{CANARY} is old", stacklevel=1)
    told = [(line["event"], line["library"], line["kind"]) for line in lines]

    assert [("library.spoke", "some.library", "error"), ("library.spoke", "py.warnings", "warning")] == told


def test_a_thread_that_dies_is_told_by_kind(lines: list[dict[str, Any]]) -> None:
    """A traceback holds whatever the code held."""

    def die() -> None:
        raise RuntimeError(CANARY)

    thread = threading.Thread(target=die)
    thread.start()
    thread.join()
    (line,) = lines

    assert ("thread.died", "RuntimeError") == (line["event"], line["kind"])


def test_a_log_that_cannot_be_written_stops_nothing() -> None:
    """A full disk or a closed pipe is no reason not to send (P14)."""

    class Full(io.StringIO):
        def write(self, text: str) -> int:
            """Take nothing."""
            raise OSError(28, "No space left on device")

    closed = io.StringIO()
    closed.close()
    for stream in (Full(), closed):
        Lines(stream).msg("lost")


SAYS = re.compile(r"\blog\.(?:info|warning|error)\(\s*\"([^\"]+)\"|\)\.(?:warning|error)\(\"([^\"]+)\"")
TELLS = re.compile(r"\b(?:info|warning|error)\(\s*\"[a-z_]+\.[a-z_]+\"([^()]*(?:\([^()]*\)[^()]*)*)\)")


def test_the_code_says_what_is_explained() -> None:
    """Every event and every field, and no other: the two lists are the reference of the log."""
    code = "".join(file.read_text("utf-8") for file in Path(logs.__file__).parent.glob("*.py"))
    said = {first or second for first, second in SAYS.findall(code)}
    fields = {name for given in TELLS.findall(code) for name in re.findall(r"\b([a-z_]+)=", given)}

    assert EVENTS.keys() == said
    assert fields <= FIELDS.keys()
    assert all((*EVENTS.values(), *FIELDS.values()))
