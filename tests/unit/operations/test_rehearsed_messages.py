"""The words of automations, before anybody real gets them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from convener.bundled import bundled
from convener.errors import Problem
from convener.operations.rehearsed_messages import message_problems
from convener.rendering import Rehearsals, Renderer
from convener.rulesets import load_client
from convener.rulesets.ruleset import Ruleset

SHIPPED = bundled("templates")
Judge = Callable[..., list[Problem]]
HEAD = 'schema = 1\nextends = ["small-group-coaching@1"]\n[client]\nname = "Acme"\ntimezone = "Europe/London"\n'
REST = """
[stack]
roster = "files"
email = "mail"
text = "sms"
calendar = "mail"
polls = "web"
reports = "pages"

[programmes.first]
title = "First steps"
starts = 2027-01-11
sessions = { count = 6, length = "2 hours" }
topics = ["Kick-off", "Listening"]
roster = { path = "acme.csv" }
"""


def rules(folder: Path, more: str) -> Ruleset:
    """Return the one programme of a client that says *more*."""
    (folder / "rulesets").mkdir(exist_ok=True)
    (folder / "rulesets" / "acme.toml").write_text(HEAD + REST + more, encoding="utf-8")
    loaded = load_client(folder, "acme")
    (ruleset,) = loaded.rulesets
    assert not loaded.isolated
    return ruleset


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Judge the words of a client that says something more, with some templates of its own."""

    def of(more: str = "", **templates: str) -> list[Problem]:
        for name, text in templates.items():
            folder, _, file = name.rpartition("__")
            place = tmp_path / "templates" / (folder or "messages")
            place.mkdir(parents=True, exist_ok=True)
            (place / file).with_suffix(".md.j2" if not folder else ".md").write_text(text, encoding="utf-8")
        renderer = Renderer([tmp_path / "templates", SHIPPED])
        return list(message_problems(rules(tmp_path, more), Rehearsals(renderer)))

    return of


def automation(on: str, for_each: str, do: str) -> str:
    """Return one automation, `hello`, as a rule file has it."""
    return f"[automations.hello]\non = '{on}'\nfor_each = '{for_each}'\ndo = {do}\n"


def test_the_shipped_words_do_for_everybody(judge: Judge) -> None:
    """Every message of the pack renders for every typical recipient (R13, R29)."""
    assert [] == judge()


def test_a_message_without_a_template_is_told_with_those_there_are(judge: Judge) -> None:
    """An automation cannot send what nobody has written (R29)."""
    (problem,) = judge(automation("participant.joined", "participant", '{ send = "helo", via = ["email"] }'))

    assert ("unknown-message", "automations.hello") == (problem.code, problem.owner)
    assert problem.hint.startswith("write templates/messages/helo.md.j2 or name one of: agenda, ")


def test_each_channel_needs_words_of_its_own(judge: Judge) -> None:
    """A mail cannot leave as a text message: that one is written apart."""
    (problem,) = judge(automation("participant.joined", "participant", '{ send = "welcome", via = ["email", "text"] }'))

    assert "which has no template for text" in problem.message
    assert "welcome.text.j2" in problem.hint


def test_a_poll_without_words_of_its_own_uses_the_general_ones(judge: Judge) -> None:
    """Questions are asked with a template that fits them all."""
    poll = '[polls.mood]\ncloses = "5 days"\n[[polls.mood.questions]]\nid = "q"\nask = "How are you?"\nscale = [1, 5]\n'

    assert [] == judge(automation("programme.ends", "everyone", '{ poll = "mood", via = ["email"] }') + poll)


@pytest.mark.parametrize(
    ("on", "for_each", "text", "code", "line"),
    [
        ("participant.joined", "participant", "Subject: x\n\n{{ recipent.name }}\n", "template-name", 3),
        ("participant.joined", "participant", "Subject: {{ recipient.fist_name }}\n", "template-name", 1),
        ("participant.joined", "participant", "Subject: x\n{{ coach.name }}\n", "template-name", 2),
        ("participant.joined", "participant", "Subject: x\n{{ session.topic }}\n", "template-name", 2),
        ("session.held", "manager", "Subject: x\n\n{{ participant.name }}\n", "template-name", 3),
        ("session.held", "participant", "Subject: x\n\n{{ next_session.starts | when }}\n", "template-name", 3),
        ("session.held", "participant", "Subject: x\n{{ session.starts }}\n", "template-value", 2),
        ("session.held", "participant", "Subject: x\n{{ session.topic | when }}\n", "template-value", 2),
        ("session.held", "participant", "Subject: x\n{% include 'messages/_none.md.j2' %}\n", "template-include", 2),
        ("session.held", "participant", "Subject: x\n\n{% if %}\n", "template-syntax", 3),
        (
            "session.held",
            "coach",
            "Subject: x\n{% if session.number > 99 %}\n{{ nobody }}\n{% endif %}",
            "template-name",
            3,
        ),
        ("session.held", "sponsor", "Subject: x\n{{ poll.title }}\n", "template-name", 2),
    ],
)
def test_a_template_that_fails_somebody_is_told(
    judge: Judge, on: str, for_each: str, text: str, code: str, line: int
) -> None:
    """Unknown names, wrong types, parts that are missing and people who lack something, each at its line (R29)."""
    (problem,) = judge(automation(on, for_each, '{ send = "hello", via = ["email"] }'), hello=text)

    assert (code, "automations.hello") == (problem.code, problem.owner)
    assert f"templates/messages/hello.md.j2:{line}:1" == str(problem.place)


@pytest.mark.parametrize(
    ("on", "for_each", "text"),
    [
        ("session.held", "participant", "Subject: x\n{{ session.starts | when(session.ends) }} {{ pod.name }}\n"),
        ("session.held", "coach", "Subject: x\n{{ coach.name }}\n"),
        ("participant.joined", "participant", "Subject: x\n{{ participant.name }} {{ people[0].name }}\n"),
        ("session.held", "manager", "Subject: x\n{% for one in people %}{{ one.name }}{% endfor %}\n"),
        ("session.held", "manager", "Subject: x\n{% if mood is defined %}{{ mood }}{% endif %}\n"),
        ("session.held", "manager", "Subject: x\n{% set what = 'x' %}{{ what }}{{ range(3) | length }}\n"),
    ],
)
def test_what_is_always_there_needs_no_question(judge: Judge, on: str, for_each: str, text: str) -> None:
    """A template may count on what its moment and its audience bring along."""
    assert [] == judge(automation(on, for_each, '{ send = "hello", via = ["email"] }'), hello=text)


def test_every_automation_that_sends_a_broken_message_is_told(judge: Judge) -> None:
    """Each of them is one that cannot run (P14)."""
    two = automation("participant.joined", "participant", '{ send = "hello", via = ["email"] }')
    two += two.replace("hello]", "again]")
    problems = judge(two, hello="Subject: x\n{{ nope }}\n")

    assert ["automations.again", "automations.hello"] == sorted(problem.owner for problem in problems)


def test_an_invite_is_rehearsed_in_all_its_forms(judge: Judge) -> None:
    """The request, the update and the cancellation (R17)."""
    broken = dict.fromkeys(("invite-request", "invite-update", "invite-cancel"), "Subject: x\n{{ nope }}\n")
    problems = judge("", **broken)

    assert [f"templates/messages/{name}.md.j2" for name in sorted(broken)] == sorted(
        {problem.place.file for problem in problems}
    )
    assert {"automations.invites"} == {problem.owner for problem in problems}


def test_only_an_update_has_an_earlier_time(judge: Judge) -> None:
    """What a session has been moved from is there for those who are told of a move."""
    text = "Subject: x\n{{ moved_from | when }}\n"

    assert [] == judge("", **{"invite-update": text})
    assert {"templates/messages/invite-request.md.j2"} == {
        problem.place.file for problem in judge("", **{"invite-request": text})
    }


def test_a_chase_knows_the_polls_it_chases(judge: Judge) -> None:
    """Words for one kind of poll need not do for another."""
    chase = automation("every working day at 09:30", "participant", '{ send = "hello", via = ["email"] }')
    dates, any_poll = (f"when = [{clauses}]\n" for clauses in ("\"poll.id == 'availability'\"", '"poll.open"'))
    text = "Subject: x\n{% if poll.kind != 'dates' %}{{ nope.x }}{% endif %}{{ poll.closes | when }}\n"

    assert 1 == len(judge(chase + any_poll, hello=text))
    assert [] == judge(chase + dates, hello=text.replace("nope.x", "session.topic"))


def question(ask: str, for_each: str = "manager", on: str = "session.held") -> str:
    """Return a poll with that question, asked of somebody at some moment."""
    poll = f'[polls.mood]\ncloses = "5 days"\n[[polls.mood.questions]]\nid = "q"\nask = "{ask}"\nscale = [1, 5]\n'
    return automation(on, for_each, '{ poll = "mood", via = ["email"] }') + poll


def test_a_placeholder_nobody_knows_has_its_place_and_its_cure(judge: Judge) -> None:
    """A client's own question is read letter by letter (R29)."""
    (problem,) = judge(question("How is {participant.firstname}?"))

    assert ("bad-placeholder", "did you mean '{participant.first_name}'?") == (problem.code, problem.hint)
    assert "rulesets/acme.toml:29:15" == str(problem.place)


def test_a_placeholder_must_have_a_value_for_those_who_are_asked(judge: Judge) -> None:
    """A poll at the end of a programme is about no session, and a coach is no participant."""
    ends = judge(question("What of {session.topic}?", "everyone", "programme.ends"))
    coach = judge(question("How is {participant.name}?", "coach"))

    assert ["this message speaks of no session"] == [problem.hint for problem in ends]
    assert ["this message speaks of no participant"] == [problem.hint for problem in coach]
    assert [] == judge(question("{session.topic} and {participant.name} of {programme.title}?"))


def test_an_attachment_must_be_there_for_every_topic(judge: Judge) -> None:
    """Without a file for a topic and without the general one there is nothing to attach (R18)."""
    do = '{ send = "manager-toolkit", via = ["email"], attach = ["sheets/{session.topic}.md"] }'
    held = automation("session.held", "manager", do)
    missing, found = judge(held), judge(held, sheets__general="Ask about {session.topic}.\n")

    assert (["bad-attachment"], []) == ([problem.code for problem in missing], found)


def test_a_placeholder_in_an_attachment_has_its_place(judge: Judge) -> None:
    """A toolkit is written by clients too."""
    do = '{ send = "manager-toolkit", via = ["email"], attach = ["sheets/{session.topic}.md"] }'
    (problem,) = judge(automation("session.held", "manager", do), sheets__general="# Ask\n\nWhat of {sesion.topic}?\n")

    assert ("bad-placeholder", "templates/sheets/general.md:3:9") == (problem.code, str(problem.place))


def test_the_page_of_a_report_is_rehearsed(judge: Judge, tmp_path: Path) -> None:
    """A page of the workspace's own is a template like any other (R29)."""
    page = tmp_path / "templates" / "reports" / "client.html.j2"
    page.parent.mkdir(parents=True)
    page.write_text("<h1>{{ title }}</h1>\n{{ titel }}\n", encoding="utf-8")
    (problem,) = judge()

    assert ("template-name", "automations.sponsor-report") == (problem.code, problem.owner)
    assert "templates/reports/client.html.j2:2:1" == str(problem.place)


def test_what_is_sent_to_nobody_needs_no_words(judge: Judge) -> None:
    """A flag, a call and a report for its sinks alone."""
    flag = automation("session.held", "session", '{ flag = "look" }')
    report = automation("every monday at 08:00", "programme", '{ report = "client", via = ["reports"] }')

    assert [] == judge(flag)
    assert [] == judge(report)


def test_a_moment_that_cannot_be_read_is_told_elsewhere(tmp_path: Path) -> None:
    """Its words are rehearsed all the same."""
    ruleset = rules(tmp_path, automation("participant.joined", "participant", '{ send = "welcome", via = ["email"] }'))
    odd = {name: replace(each, on="one day") for name, each in ruleset.automations.items() if name == "hello"}

    assert [] == list(message_problems(replace(ruleset, automations=odd), Rehearsals(Renderer([SHIPPED]))))
