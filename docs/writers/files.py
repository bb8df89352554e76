"""`rule-files.md` and `settings.md`: the tables of the files people write."""

from pydantic import BaseModel

from convener.registry import discover
from convener.registry.loading import load_connector
from convener.registry.options import settings_table
from convener.rulesets import tables
from convener.settings.environment import variables
from convener.settings.tables import ConfigFile, ConnectorTable, DaemonTable, RetentionTable, SenderTable
from writers.fields import field_table
from writers.markdown import code, table

RULE_FILES = """\
# Rule files

A rule file is TOML, one for each client, `rulesets/CLIENT.toml`; its name without the ending is the id of the client.
A pack is a rule file with a `[pack]` table instead of `[client]`; clients and other packs extend \
it by name and major version.
Layers, later wins: the shipped pack, a pack of the same name in the workspace, the client, the programme, the pod.
An unknown key is an error.
`convener check` tells every problem with file, line and column.
`convener schema` prints the JSON Schema of these files, and `convener schema --editor` lets editors know it.
"""
FOUND = """\
## What is looked for beyond each table

Rules that cannot hold together, whoever the people are: sizes, gaps, days or hours without an overlap, `same` and \
`mix` of one column, people who are to sit together and apart, quiet that lasts all day, \
sessions that fit into no window.
Inflexible against inflexible is an error; where a flexible rule can never be kept it is a warning.

Automations that can do nothing: conditions that are never true, alone or together, or that speak of what their moment \
or audience never gives; a `late` that is over before the moment comes.
Such an error, like any other inside one automation, puts that automation aside; the others run.
An error anywhere else refuses the files of that client.
"""
WORDING = """\
`wording` holds the client's words for `pod`, `coach`, `session`, `participant` and `manager`, in the singular."""
STACK = "Each value is the name of a connector in the [settings](settings.md), or a list of names."
PROGRAMME = "A programme may have rules, automations and polls of its own, and layers for single pods."
ROSTER = """\
`columns` gives a field its header in the roster.
The fields are `id`, `name`, `email`, `mobile`, `zone`, `holidays`, `manager` and `manager_email`.
See [bring in a roster](../how-to/bring-in-a-roster.md)."""
POLL = """\
A poll of kind `dates` asks when people can come, one of kind `register` asks a coach who was there, and one of kind \
`questions` asks its questions."""
SECTIONS: tuple[tuple[str, type[BaseModel], str], ...] = (
    ("The file of a client", tables.ClientFile, ""),
    ("The file of a pack", tables.PackFile, ""),
    ("[pack]", tables.PackTable, ""),
    ("[client]", tables.ClientTable, WORDING),
    ("[stack]", tables.StackTable, STACK),
    ("[programmes.ID]", tables.ProgrammeTable, PROGRAMME),
    ("sessions", tables.SessionsTable, ""),
    ("topics", tables.TopicsTable, "`topics` is a list with one topic for each session, or this table."),
    ("roster", tables.RosterTable, ROSTER),
    ("[programmes.ID.pods.NAME]", tables.PodTable, ""),
    ("[polls.ID]", tables.PollTable, POLL),
    ("[[polls.ID.questions]]", tables.QuestionTable, "A question is answered by one of `scale`, `choices` and `text`."),
    ("[waivers.ID]", tables.WaiverTable, "A waiver is a reasoned, approved, expiring exception to a flexible rule."),
    ("subject", tables.SubjectTable, "Exactly one of them."),
)  # fmt: skip
"""Heading, model and a sentence for each table."""
SETTINGS = """\
# Settings

`config.toml` in the workspace; without it `config.example.toml` is read.
`convener doctor` says which file it was.
Any key outside `[connectors]` may be set by the environment instead; an empty variable counts as not set, and of two \
for one key the first of the table below counts.
A secret is never written out: `{ env = "NAME" }` takes it from the environment, \
`{ file = "path" }` from a file, relative to the workspace.
"""
CONNECTORS = """\
## [connectors.NAME]

The name is yours, and rule files use it in `[stack]`.
Every other key of the table is the plugin's own.
"""


def rule_files() -> str:
    """Return the page of rule files."""
    parts = [RULE_FILES]
    for heading, model, words in SECTIONS:
        parts += [f"## {heading}\n", *([words + "\n"] if words else []), field_table(model)]
    parts.append(FOUND)
    parts.append("Rules: [kinds of rule](rule-kinds.md).\nAutomations: [automations](automations.md).\n")
    return "\n".join(parts)


def settings() -> str:
    """Return the page of settings."""
    rows = ((code(name), code(".".join(path))) for name, path in variables().items())
    parts = [SETTINGS, "## The file\n", field_table(ConfigFile)]
    parts += ["## [sender]\n", field_table(SenderTable), "## [daemon]\n", field_table(DaemonTable)]
    parts += ["## [retention]\n", field_table(RetentionTable)]
    parts += ["## The environment\n", table(("variable", "stands for"), rows)]
    parts += [CONNECTORS, field_table(ConnectorTable)]
    known = discover()
    for name, plugin in known.items():
        if plugin.distribution == "convener":
            parts += [f'### plugin = "{name}"\n', settings_table(load_connector(name, known).settings) + "\n"]
    return "\n".join(parts)
