"""Clocks of other processes, by libfaketime: real time, moved by an offset that can change while they run."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from convener.clock import SystemClock


@dataclass(slots=True)
class FakeClock:
    """A clock for other processes: real time, moved by an offset that can be changed while they run."""

    file: Path
    offset: timedelta = timedelta()

    @classmethod
    def showing(cls, file: Path, instant: datetime) -> "FakeClock":
        """Make one that shows *instant* now."""
        clock = cls(file)
        clock.jump(instant - SystemClock().now())
        return clock

    def jump(self, by: timedelta) -> None:
        """Move it, forwards or backwards."""
        self.offset += by
        beside = self.file.with_suffix(".part")
        beside.write_text(f"{self.offset.total_seconds():+.0f}\n", encoding="utf-8")
        beside.replace(self.file)

    def now(self) -> datetime:
        """Return what it shows."""
        return SystemClock().now() + self.offset

    def environment(self) -> dict[str, str]:
        """Return what makes a process live by this clock; durations stay real."""
        spec = find_spec("libfaketime")
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError("libfaketime")
        return {
            "LD_PRELOAD": str(Path(spec.origin).parent / "vendor" / "libfaketime" / "src" / "libfaketime.so.1"),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }
