"""Loads the rule files of a client: every ruleset, or every problem."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from pathlib import Path

from convener.bundled import bundled
from convener.documents import MOST, Document, Spot, is_id, nearest, quoted, read_document, validate
from convener.errors import InvalidError, Place, Problem, Severity
from convener.rulesets.automations import OWNER
from convener.rulesets.kinds import KINDS, Kinds
from convener.rulesets.layers import tables_in
from convener.rulesets.packs import Packs
from convener.rulesets.programmes import Rulebook, assemble, read_rulebook, read_stack
from convener.rulesets.ruleset import Ruleset
from convener.rulesets.tables import ClientFile, ProgrammeTable
from convener.rulesets.waivers import check_waivers, with_waivers

FOLDER = "rulesets"
"""Where the rule files of a workspace are."""
_TESTS = ".test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What the files of a client say."""

    rulesets: tuple[Ruleset, ...] = ()
    """One for each programme, in the order written, without the automations that are wrong; none when anything
    else is."""
    problems: tuple[Problem, ...] = ()
    """Everything wrong in any of the files, sorted by place."""

    isolated: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """Id of an automation that the rulesets are without → what is wrong with it."""
    drafts: tuple[Ruleset, ...] = ()
    """What could be read where there are no rulesets, without all that is wrong: to find more of that."""

    @property
    def is_usable(self) -> bool:
        """Whether every error is of one automation, so that the others can run."""
        return all(problem.severity is not Severity.ERROR or problem.owner for problem in self.problems)

    @property
    def is_valid(self) -> bool:
        """Whether no problem is an error."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


def client_ids(folder: Path) -> tuple[str, ...]:
    """Return the ids of the clients of the workspace *folder*, sorted.

    A client is a file with a `[client]` table. A file that cannot be read counts as one too, so that its problem is
    told when it is loaded; packs and `*.test.toml` do not count.
    """
    names = sorted(path.stem for path in (folder / FOLDER).glob("*.toml"))
    return tuple(name for name in names if _may_be_client(name) and _is_client(folder / FOLDER / f"{name}.toml"))


def _may_be_client(name: str) -> bool:
    """Tell whether *name* can be that of a client; `NAME.test.toml` holds the tests of NAME."""
    return is_id(name) and not name.endswith(_TESTS)


def _is_client(path: Path) -> bool:
    try:
        data = read_document(path, name=f"{FOLDER}/{path.name}").data
    except InvalidError:
        return True
    return "client" in data or "pack" not in data


def load_client(folder: Path, client: str, *, shipped: Traversable | None = None, kinds: Kinds = KINDS) -> Loaded:
    """Load *client* of the workspace *folder*, over the packs in *shipped* (by default, ours).

    *kinds* are the kinds of rule there are, those of plugins among them. Never raises for what the files say: every
    problem is in the result, at once and sorted by place.
    """
    try:
        document = _read_client(folder, client)
    except InvalidError as error:
        return Loaded(problems=error.problems)
    file, problems = validate(ClientFile, document.data, Spot(document))
    packs = Packs(folder / FOLDER, shipped or bundled("rulesets"))
    packs.extend(document)
    broken = packs.problems or any(problem.code == "too-many" for problem in problems)
    books, more = ({}, []) if broken else _read_books(document, packs.layers, kinds, file.programmes if file else {})
    found = [*problems, *packs.problems, *more]
    if file:
        found += check_waivers(document, file.waivers, list(books.values()))
    loaded = Loaded(problems=tuple(sorted(set(found), key=_by_place)))
    if file is None:
        return loaded
    stack = read_stack(document.data["stack"])
    drafts = tuple(assemble(client, file, name, books[name], stack) for name in file.programmes if name in books)
    if not loaded.is_usable:
        return replace(loaded, drafts=drafts)
    return replace(
        loaded,
        rulesets=tuple(with_waivers(each, document, file.waivers) for each in drafts),
        isolated=isolated_by(loaded.problems),
    )


def isolated_by(problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    """Return the errors among *problems* by the automation that holds their cure."""
    isolated: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        if problem.severity is Severity.ERROR and problem.owner.startswith(OWNER):
            name = problem.owner.removeprefix(OWNER)
            isolated[name] = (*isolated.get(name, ()), problem)
    return isolated


def _read_client(folder: Path, client: str) -> Document:
    file, path = f"{FOLDER}/{client}.toml", folder / FOLDER / f"{client}.toml"
    if not _may_be_client(client) or not (path.exists() or path.is_symlink()):
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


def _read_books(
    document: Document, packs: Sequence[Document], kinds: Kinds, programmes: Mapping[str, ProgrammeTable]
) -> tuple[dict[str, Rulebook], list[Problem]]:
    """Return the rulebook of each programme; a client without programmes is laid for its problems alone."""
    documents = [*packs, document]
    names = [name for name, _ in tables_in(Spot(document, ("programmes",)))]
    books: dict[str, Rulebook] = {}
    problems: list[Problem] = []
    for name in names or [""]:
        book, found = read_rulebook(documents, name, kinds, programmes.get(name))
        problems += found
        if name:
            books[name] = book
        if len(set(problems)) > MOST:
            break
    return books, problems


def _by_place(problem: Problem) -> tuple[Place, str, str]:
    return problem.place, problem.code, problem.message
