"""Turns the laid tables of automations and polls into typed ones."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from convener.documents import Locator, Within, nearest, quoted, validate
from convener.errors import Problem, Severity
from convener.model import Verb
from convener.rulesets.layers import Laid, Written
from convener.rulesets.rules import bad_id
from convener.rulesets.ruleset import Automation, Clause, Poll, Question, Step
from convener.rulesets.tables import AutomationTable, PollTable, StepTable

CHANNELS = ("email", "text", "calendar", "reports")
"""Words a step may use in `via`; `[stack]` says which connector stands behind each."""
OWNER = "automations."
"""How the owner of a problem begins when one automation holds its cure."""
_SILENT = {Verb.FLAG, Verb.CALL}
"""Verbs that reach nobody and need no channel."""


def read_polls(tables: Mapping[str, Laid]) -> tuple[dict[str, Poll], list[Problem]]:
    """Return the polls by id, and every problem of any of them."""
    polls: dict[str, Poll] = {}
    problems: list[Problem] = []
    for name, laid in tables.items():
        table, found = validate(PollTable, laid.data, laid)
        problems += [*bad_id(name, laid), *found]
        if table:
            polls[name] = _poll(name, table, laid)
    return polls, problems


def _poll(name: str, table: PollTable, laid: Laid) -> Poll:
    questions = tuple(
        Question(**question.model_dump(), place=laid.value_place("questions", index, "ask"))
        for index, question in enumerate(table.questions)
    )
    return Poll(
        id=name,
        kind=table.kind,
        closes=table.closes,
        anonymous=table.anonymous,
        questions=questions,
        place=laid.place(),
    )


def read_automations(
    tables: Mapping[str, Laid], polls: Mapping[str, Laid]
) -> tuple[dict[str, Automation], list[Problem]]:
    """Return the enabled automations by id, and every problem of any of them; *polls* are those that may be asked."""
    automations: dict[str, Automation] = {}
    problems: list[Problem] = []
    asked = tuple(polls)
    for name, laid in tables.items():
        automation, found = _read_automation(laid.written, asked)
        problems += found
        if automation is not None:
            automations[name] = automation
    return automations, problems


@lru_cache(maxsize=2048)
def _read_automation(written: Written, polls: tuple[str, ...]) -> tuple[Automation | None, tuple[Problem, ...]]:
    """Return the automation of one table, None when it is wrong or off; those of a pack are read once for all."""
    laid = Laid.of(written)
    table, found = validate(AutomationTable, laid.data, laid)
    steps, more = _read_steps(laid, polls)
    bad = tuple(owned(laid.id, problem) for problem in [*bad_id(laid.id, laid), *found, *more])
    if table is None or bad or not table.enabled:
        return None, bad
    return _automation(laid.id, table, laid, steps), ()


def owned(name: str, problem: Problem) -> Problem:
    """Return *problem* as that of automation *name* alone."""
    return replace(problem, owner=f"{OWNER}{name}")


def _automation(name: str, table: AutomationTable, laid: Laid, steps: tuple[Step, ...]) -> Automation:
    clauses = tuple(
        Clause(source=source, place=laid.value_place("when", index)) for index, source in enumerate(table.when)
    )
    return Automation(
        id=name,
        on=table.on,
        for_each=table.for_each,
        when=clauses,
        steps=steps,
        late=table.late,
        in_programme_zone=table.in_ == "programme",
        expect_every=table.expect_every,
        place=laid.place(),
        places=laid.places,
    )


def _read_steps(laid: Laid, polls: Collection[str]) -> tuple[tuple[Step, ...], list[Problem]]:
    written = laid.data.get("do")
    tables: list[tuple[tuple[str | int, ...], dict[str, Any]]] = []
    if isinstance(written, dict):
        tables = [(("do",), written)]
    if isinstance(written, list):
        tables = [(("do", index), each) for index, each in enumerate(written) if isinstance(each, dict)]
    steps: list[Step] = []
    problems: list[Problem] = []
    for path, table in tables:
        step, found = _read_step(table, Within(laid, path), polls)
        problems += found
        steps += [step] if step else []
    return tuple(steps), problems


def _read_step(data: dict[str, Any], at: Locator, polls: Collection[str]) -> tuple[Step | None, list[Problem]]:
    table, problems = validate(StepTable, data, at)
    if table is None:
        return None, list(problems)
    verbs = [verb for verb in Verb if getattr(table, verb) is not None]
    if len(verbs) != 1:
        hint = f"one of {', '.join(Verb)}, and a list of tables for several"
        return None, [Problem(code="bad-step", message="a step does one thing", place=at.place(), hint=hint)]
    step = Step(verb=verbs[0], what=getattr(table, verbs[0]), via=table.via, attach=table.attach)
    return step, [*_bad_poll(step, at, polls), *_bad_channels(step, at)]


def _bad_poll(step: Step, at: Locator, polls: Collection[str]) -> list[Problem]:
    if step.verb is not Verb.POLL or step.what in polls:
        return []
    message, place = f"there is no poll {quoted(step.what)}", at.value_place(step.verb)
    return [Problem(code="unknown-poll", message=message, place=place, hint=nearest(step.what, sorted(polls)))]


def _bad_channels(step: Step, at: Locator) -> list[Problem]:
    if not step.via and step.verb not in _SILENT:
        hint = 'for example via = ["email"]'
        return [Problem(code="missing-key", message="the key 'via' is missing", place=at.place(), hint=hint)]
    return [
        Problem(
            code="unknown-channel",
            message=f"unknown channel {quoted(channel)}",
            place=at.value_place("via", index),
            hint=nearest(channel, CHANNELS),
        )
        for index, channel in enumerate(step.via)
        if channel not in CHANNELS
    ]


def idle_channels(
    automations: Mapping[str, Automation], tables: Mapping[str, Laid], stack: Mapping[str, tuple[str, ...]]
) -> list[Problem]:
    """Return a warning for each channel that an automation uses and `[stack]` gives no connector."""
    return [
        Problem(
            code="idle-channel",
            message=f"automation {name!r} uses {channel!r}, for which [stack] names no connector",
            place=tables[name].value_place("do"),
            hint=f'add {channel} = "…" to [stack], or leave it out of via',
            severity=Severity.WARNING,
        )
        for name, automation in automations.items()
        for channel in dict.fromkeys(channel for step in automation.steps for channel in step.via)
        if not stack.get(channel)
    ]
