"""Assembles the ruleset of one programme from its layers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from convener.documents import Document, Spot
from convener.errors import Place, Problem
from convener.rulesets.automations import idle_channels, read_automations, read_polls
from convener.rulesets.contradictions import contradictions
from convener.rulesets.kinds import Kinds
from convener.rulesets.layers import Laid, Layer, layer_of, tables_in
from convener.rulesets.overrides import lay_automations, lay_rules, lay_tables
from convener.rulesets.rules import read_rules, strange_statuses
from convener.rulesets.ruleset import Automation, Poll, RosterPlan, Rule, Ruleset, SessionPlan, Sponsor
from convener.rulesets.tables import ClientFile, ProgrammeTable, StackTable, TopicsTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """The rules, automations and polls that hold for one programme."""

    rules: Mapping[str, Rule]
    automations: Mapping[str, Automation]
    polls: Mapping[str, Poll]
    pod_rules: Mapping[str, Mapping[str, Rule]]
    pod_without: Mapping[str, frozenset[str]]
    places: Mapping[str, Place]
    """Where each setting of the client, its stack and the programme was written."""
    files: tuple[str, ...]


def read_rulebook(
    documents: Sequence[Document], programme: str, kinds: Kinds, table: ProgrammeTable | None = None
) -> tuple[Rulebook, list[Problem]]:
    """Lay *documents*, lowest first and the client's last, and the programme's own tables over them.

    With no *programme* only the documents are laid. *table* is the programme's own, when it is right.
    """
    client = documents[-1]
    layers = [layer_of(document) for document in documents]
    layers += [layer_of(client, "programmes", programme)] if programme else []
    rules, automations, polls, problems = _lay(layers, kinds)
    read, bad_rules = read_rules(rules, kinds)
    asked, bad_polls = read_polls(polls)
    automatic, bad_automations = read_automations(automations, polls)
    pods, bad_pods = _read_pods(rules, Spot(client, ("programmes", programme, "pods")), kinds)
    book = Rulebook(
        rules=read,
        automations=automatic,
        polls=asked,
        pod_rules={pod: changed for pod, (changed, _) in pods.items()},
        pod_without={pod: without for pod, (_, without) in pods.items() if without},
        places=_places(client, programme),
        files=tuple(document.file for document in documents),
    )
    idle = idle_channels(automatic, automations, read_stack(client.data.get("stack")))
    bad = [*bad_rules, *strange_statuses(read), *bad_polls, *bad_automations, *bad_pods]
    bad += contradictions(read, pods, table)
    return book, [*problems, *bad, *idle]


def _lay(
    layers: Sequence[Layer], kinds: Kinds
) -> tuple[dict[str, Laid], dict[str, Laid], dict[str, Laid], list[Problem]]:
    rules: dict[str, Laid] = {}
    automations: dict[str, Laid] = {}
    polls: dict[str, Laid] = {}
    problems: list[Problem] = []
    for layer in layers:
        rules, refused = lay_rules(rules, layer.rules, kinds)
        automations, unexplained = lay_automations(automations, layer.automations)
        polls = lay_tables(polls, layer.polls)
        problems += [*refused, *unexplained]
    return rules, automations, polls, problems


def _read_pods(
    below: Mapping[str, Laid], pods: Spot, kinds: Kinds
) -> tuple[dict[str, tuple[dict[str, Rule], frozenset[str]]], list[Problem]]:
    """Return for each pod with a layer of its own the rules it changes or adds, and those it switches off."""
    found: dict[str, tuple[dict[str, Rule], frozenset[str]]] = {}
    problems: list[Problem] = []
    for pod, spot in tables_in(pods):
        above = dict(tables_in(spot / "rules"))
        laid, refused = lay_rules(below, above, kinds)
        rules, bad = read_rules({name: laid[name] for name in above}, kinds)
        off = frozenset(name for name in above if laid[name].data.get("enabled") is False)
        found[pod] = (rules, off)
        problems += [*refused, *bad]
    return found, problems


def _places(client: Document, programme: str) -> dict[str, Place]:
    top = dict(tables_in(Spot(client)))
    tables = {"client": top.get("client"), "stack": top.get("stack")}
    tables["programme"] = dict(tables_in(Spot(client, ("programmes",)))).get(programme)
    return {f"{name}.{key}": spot.place(key) for name, spot in tables.items() if spot for key in spot.value}


def read_stack(written: Any) -> dict[str, tuple[str, ...]]:
    """Return the connectors of each role or channel; what is not text or a list of texts is left out."""
    table = written if isinstance(written, dict) else {}
    stack: dict[str, tuple[str, ...]] = {}
    for role, names in table.items():
        several = [names] if isinstance(names, str) else names if isinstance(names, list) else []
        stack[role] = tuple(name for name in several if isinstance(name, str))
    return {role: names for role, names in stack.items() if names and role in StackTable.model_fields}


def assemble(client: str, file: ClientFile, name: str, book: Rulebook, stack: Mapping[str, tuple[str, ...]]) -> Ruleset:
    """Return the ruleset of programme *name*; its waivers are added by whoever knows every programme."""
    table = file.programmes[name]
    topics, chooses, choice = _topics(table)
    return Ruleset(
        client=client,
        client_name=file.client.name,
        programme=name,
        title=table.title,
        zone=table.timezone or file.client.timezone,
        locale=file.client.locale,
        holidays=file.client.holidays,
        wording={str(ours): theirs for ours, theirs in file.client.wording.items()},
        stack=dict(stack),
        sponsors=tuple(Sponsor(name=who, email=email) for who, email in file.sponsors.items()),
        starts=table.starts,
        sessions=SessionPlan(count=table.sessions.count, length=table.sessions.length, every=table.sessions.every),
        topics=topics,
        pod_chooses=chooses,
        topics_from=choice,
        roster=RosterPlan(path=table.roster.path, columns=dict(table.roster.columns)),
        coaches=None if table.coaches == "all" else table.coaches,
        rules=book.rules,
        automations=book.automations,
        polls=book.polls,
        waivers={},
        pod_rules=book.pod_rules,
        pod_without=book.pod_without,
        places=book.places,
        files=book.files,
    )


def _topics(table: ProgrammeTable) -> tuple[tuple[str, ...], int, tuple[str, ...]]:
    if isinstance(table.topics, TopicsTable):
        return table.topics.mandated, table.topics.pod_chooses, table.topics.from_
    return table.topics, 0, ()
