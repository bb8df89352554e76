"""The same messages for those who keep them in queues of their own: a text for each, and what a task does with it."""

import json
import smtplib
import threading
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from convener.mime import build_message
from convener.model import Parcel

SENDER = ("Convener", "convener@bench.example")
_lines = threading.local()


def write_jobs(file: Path, parcels: Iterable[Parcel]) -> Path:
    """Write a line for each of *parcels*."""
    file.write_text("\n".join(json.dumps(asdict(each)) for each in parcels), encoding="utf-8")
    return file


def read_jobs(file: Path) -> list[str]:
    """Return what `write_jobs` wrote, a text for each message."""
    return file.read_text(encoding="utf-8").splitlines()


def read_parcel(job: str) -> Parcel:
    """Return the parcel of one such text."""
    return Parcel(**json.loads(job))


def send(job: str, port: int) -> None:
    """Build the message and send it: the whole work of a task; each thread has one line and keeps it."""
    parcel = read_parcel(job)
    if not hasattr(_lines, "line"):
        _lines.line = smtplib.SMTP("127.0.0.1", port, local_hostname="bench")
    _lines.line.sendmail(SENDER[1], [parcel.to_email], build_message(parcel, *SENDER))
