"""Loads the rule files of a client: every ruleset, or every problem."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from convener.bundled import bundled
from convener.documents import MOST, Document, Spot, is_id, nearest, quoted, read_document, validate
from convener.errors import InvalidError, Place, Problem, Severity
from convener.rulesets.layers import tables_in
from convener.rulesets.packs import Packs
from convener.rulesets.programmes import Rulebook, assemble, read_rulebook, read_stack
from convener.rulesets.ruleset import Ruleset
from convener.rulesets.tables import ClientFile
from convener.rulesets.waivers import check_waivers, with_waivers

FOLDER = "rulesets"
"""Where the rule files of a workspace are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What the files of a client say."""

    rulesets: tuple[Ruleset, ...] = ()
    """One for each programme, in the order written; none when any problem is an error."""
    problems: tuple[Problem, ...] = ()
    """Everything wrong in any of the files, sorted by place."""

    @property
    def is_valid(self) -> bool:
        """Whether no problem is an error."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


def client_ids(folder: Path) -> tuple[str, ...]:
    """Return the ids of the clients of the workspace *folder*, sorted.

    A client is a file with a `[client]` table. A file that cannot be read counts as one too, so that its problem is
    told when it is loaded; packs and `*.test.toml` do not count.
    """
    names = sorted(path.stem for path in (folder / FOLDER).glob("*.toml") if not path.name.endswith(".test.toml"))
    return tuple(name for name in names if is_id(name) and _is_client(folder / FOLDER / f"{name}.toml"))


def _is_client(path: Path) -> bool:
    try:
        data = read_document(path).data
    except InvalidError:
        return True
    return "client" in data or "pack" not in data


def load_client(folder: Path, client: str, *, shipped: Traversable | None = None) -> Loaded:
    """Load *client* of the workspace *folder*, over the packs in *shipped* (by default, ours).

    Never raises for what the files say: every problem is in the result, at once and sorted by place.
    """
    try:
        document = _read_client(folder, client)
    except InvalidError as error:
        return Loaded(problems=error.problems)
    file, problems = validate(ClientFile, document.data, Spot(document))
    packs = Packs(folder / FOLDER, shipped or bundled("rulesets"))
    packs.extend(document)
    broken = packs.problems or any(problem.code == "too-many" for problem in problems)
    books, more = ({}, []) if broken else _read_books(document, packs.layers)
    found = [*problems, *packs.problems, *more]
    if file:
        found += check_waivers(document, file.waivers, list(books.values()))
    loaded = Loaded(problems=tuple(sorted(set(found), key=_by_place)))
    if file is None or not loaded.is_valid:
        return loaded
    stack = read_stack(document.data["stack"])
    rulesets = [assemble(client, file, name, books[name], stack) for name in file.programmes]
    return Loaded(
        rulesets=tuple(with_waivers(each, document, file.waivers) for each in rulesets), problems=loaded.problems
    )


def _read_client(folder: Path, client: str) -> Document:
    file, path = f"{FOLDER}/{client}.toml", folder / FOLDER / f"{client}.toml"
    if not is_id(client) or not path.is_file():
        hint = nearest(client, client_ids(folder))
        message = f"there is no client {quoted(client)}"
        raise InvalidError((Problem(code="missing-file", message=message, place=Place(file), hint=hint),))
    document = read_document(path, name=file)
    if "pack" in document.data and "client" not in document.data:
        problem = Problem(
            code="not-a-client",
            message="this is a pack, not a client",
            place=document.place("pack"),
            hint="name a client that extends it",
        )
        raise InvalidError((problem,))
    return document


def _read_books(document: Document, packs: Sequence[Document]) -> tuple[dict[str, Rulebook], list[Problem]]:
    """Return the rulebook of each programme; a client without programmes is laid for its problems alone."""
    documents = [*packs, document]
    names = [name for name, _ in tables_in(Spot(document, ("programmes",)))]
    books: dict[str, Rulebook] = {}
    problems: list[Problem] = []
    for name in names or [""]:
        book, found = read_rulebook(documents, name)
        problems += found
        if name:
            books[name] = book
        if len(set(problems)) > MOST:
            break
    return books, problems


def _by_place(problem: Problem) -> tuple[Place, str, str]:
    return problem.place, problem.code, problem.message
