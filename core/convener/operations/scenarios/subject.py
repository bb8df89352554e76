"""The rules that a test file is about: a client's own, or a pack as a client would extend it."""

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from convener.bundled import bundled
from convener.decide import Prepared, prepare
from convener.documents import Document, Spot, nearest, quoted, read_document
from convener.errors import InvalidError, Place, Problem
from convener.expressions import CATALOGUE
from convener.operations.rules import RuleBook
from convener.operations.scenarios.tables import PretendTable, ScenarioFile
from convener.ports import Extensions
from convener.registry import extend
from convener.rulesets import load_client
from convener.rulesets.kinds import KINDS, Kinds
from convener.rulesets.layers import tables_in
from convener.settings import Settings

CLIENT = "pretend"
"""Id of the client that stands in for those who extend a pack."""
PROGRAMME = "first"
SPONSOR = "sponsor@client.example"


def rules_of(book: RuleBook, rules: Document, tests: Document, file: ScenarioFile) -> Prepared:
    """Return the rules in the file *rules*, ready to be decided on, by the loader of the daemon.

    Raise InvalidError with what is wrong with them, or with what the test file *tests* says of them.
    """
    name = rules.file.rpartition("/")[2].removesuffix(".toml")
    if "client" not in rules.data and "pack" in rules.data:
        _refuse(file.programme, tests, "programme", "a pack has no programme", "say what it pretends in [pretend]")
        return _pretended(book, rules, name, file.pretend or PretendTable())
    _refuse(file.pretend, tests, "pretend", "a client has programmes of its own", 'name one: programme = "…"')
    found = book.load(name)
    if not found.is_valid:
        raise InvalidError(found.problems)
    return found.prepared[_programme(list(found.prepared), tests, file)]


def _refuse(value: object, tests: Document, key: str, message: str, hint: str) -> None:
    if value is not None:
        raise InvalidError((Problem(code="bad-subject", message=message, place=tests.place(key), hint=hint),))


def _programme(known: list[str], tests: Document, file: ScenarioFile) -> str:
    if file.programme is None and len(known) == 1:
        return known[0]
    if file.programme in known:
        return str(file.programme)
    if file.programme is None:
        text, place = "the client has several programmes, or none", Place(tests.file)
    else:
        text, place = f"there is no programme {quoted(file.programme)}", tests.value_place("programme")
    hint = nearest(file.programme or "", known) if known else "add one to the client's file"
    raise InvalidError((Problem(code="unknown-programme", message=text, place=place, hint=hint),))


def _pretended(book: RuleBook, pack: Document, name: str, table: PretendTable) -> Prepared:
    """Load *pack* through a client that extends it and says nothing else, in a folder that lasts no longer."""
    table_of_pack = pack.data["pack"]
    version = str(table_of_pack.get("version", "")) if isinstance(table_of_pack, dict) else ""
    with tempfile.TemporaryDirectory(prefix="convener-test-") as beside:
        folder = Path(beside)
        (folder / "rulesets").mkdir()
        for path in rule_files(book.folder):
            shutil.copyfile(path, folder / "rulesets" / path.name)
        written = client_text(f"{name}@{version.partition('.')[0] or 1}", table)
        (folder / "rulesets" / f"{CLIENT}.toml").write_text(written, encoding="utf-8")
        extensions, kinds = _added(book.settings)
        loaded = load_client(folder, CLIENT, kinds=kinds)
    if not loaded.is_valid:
        raise InvalidError(loaded.problems)
    return prepare(loaded.rulesets[0], extensions)


def _added(settings: Settings | None) -> tuple[Extensions, Kinds]:
    """Return what the plugins of *settings* add to the language, and every kind of rule there is."""
    added = extend(settings.plugins if settings else {}, facts=CATALOGUE, kinds=KINDS).extensions
    return added, {**KINDS, **{name: kind.terms for name, kind in added.kinds.items()}}


def client_text(extends: str, table: PretendTable) -> str:
    """Return the file of a client that extends *extends* and says nothing else."""
    stack = {channel: channel for channel in table.channels} | {"roster": "roster", "polls": "polls"}
    lines = [
        "schema = 1",
        f"extends = {json.dumps([extends])}",
        f'[client]\nname = "Client"\ntimezone = "{table.timezone}"\nholidays = "{table.holidays}"',
        "[stack]",
        *(f'{role} = "{connector}"' for role, connector in stack.items()),
        f'[sponsors]\n"Sponsor" = "{SPONSOR}"',
        f'[programmes.{PROGRAMME}]\ntitle = "Programme"\nstarts = {table.starts}',
        f'sessions = {{ count = {table.sessions}, length = "{table.length}" }}\nroster = {{ path = "people.csv" }}',
    ]
    return "\n".join(lines) + "\n"


def rule_files(folder: Path) -> Iterator[Path]:
    """Yield the rule files of the workspace *folder*, those with tests aside, sorted."""
    yield from (path for path in sorted((folder / "rulesets").glob("*.toml")) if not path.name.endswith(".test.toml"))


def declared(folder: Path, prepared: Prepared) -> frozenset[str]:
    """Return the ids of every automation, rule and waiver in the files of *prepared*, those switched off among them."""
    ruleset = prepared.ruleset
    names = {*ruleset.automations, *ruleset.rules, *ruleset.waivers}
    for file in ruleset.files:
        where, _, name = file.partition("/")
        path = bundled("rulesets") / name if where == "shipped" else folder / file
        try:
            names.update(_names(read_document(path, name=file), ruleset.programme))
        except InvalidError:
            continue  # the client that stands in for others is gone by now, and declares nothing
    return frozenset(names)


def _names(document: Document, programme: str) -> Iterable[str]:
    tables = (Spot(document), Spot(document, ("programmes", programme)))
    return [name for at in tables for key in ("automations", "rules") for name, _ in tables_in(at / key)]
