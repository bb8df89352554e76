"""A connector whose every call runs in a child process that is ended when it takes too long."""

from threading import Lock
from typing import Any

from convener.model import Parcel
from convener.ports import Publication, Table
from convener.registry.isolation.speech import Call, Recipe
from convener.registry.isolation.worker import Worker


class Isolated:
    """Serves every port by asking a child; as many children as calls at once, kept for the next ones."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._lock = Lock()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()

    def send(self, parcel: Parcel) -> str:
        """Send *parcel*, as a Messenger does."""
        receipt: str = self._ask("messenger", "send", parcel)
        return receipt

    def arrived(self, message_id: str) -> bool:
        """Tell whether it arrived, as a Lookup does."""
        answer: bool = self._ask("lookup", "arrived", message_id)
        return answer

    def publish(self, publication: Publication) -> str:
        """Publish, as a ReportSink does."""
        place: str = self._ask("sink", "publish", publication)
        return place

    def read_roster(self, path: str) -> Table:
        """Return a roster, as a RosterSource does."""
        table: Table = self._ask("roster", "read_roster", path)
        return table

    def read_coaches(self) -> Table | None:
        """Return the coaches, as a RosterSource does."""
        table: Table | None = self._ask("roster", "read_coaches")
        return table

    def read_availability(self, client: str, programme: str) -> Table | None:
        """Return answers, as Polls do."""
        table: Table | None = self._ask("polls", "read_availability", client, programme)
        return table

    def rest(self) -> None:
        """End the children that nobody waits for, and with them whatever they hold open."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()

    def close(self) -> None:
        """End every child, also amid a call."""
        with self._lock:
            busy = tuple(self._busy)
        for worker in busy:
            worker.kill()
        self.rest()

    def _ask(self, port: str, method: str, *arguments: object) -> Any:
        """Make one call in a child; raises what the connector raised, or AmbiguousError when the child is gone."""
        worker = self._take()
        keep = False
        try:
            answer = worker.ask(Call(port=port, method=method, arguments=arguments))
            keep = not answer.last
        finally:
            self._put_back(worker, keep=keep)
        if answer.error is not None:
            raise answer.error
        return answer.value

    def _take(self) -> Worker:
        """Return a child that nobody else asks, a kept one if it still lives."""
        worker = self._kept() or Worker(self._recipe)
        with self._lock:
            self._busy.add(worker)
        return worker

    def _kept(self) -> Worker | None:
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None or worker.alive():
                return worker
            worker.end()

    def _put_back(self, worker: Worker, *, keep: bool) -> None:
        with self._lock:
            self._busy.discard(worker)
            if keep:
                self._idle.append(worker)
        if not keep:
            worker.end()
