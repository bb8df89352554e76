"""The one loader of rule files."""

import shutil

import pytest

from convener.errors import InvalidError, UsageError
from convener.operations.rules import RuleBook
from convener.rendering import Shape, typical

SCOPE = "northern-health/primary-care"


def edit(world, old: str, new: str) -> None:
    """Change one piece of text in the client's rule file."""
    file = world.workspace.folder / "rulesets" / "northern-health.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def own_message(world, name: str, text: str) -> None:
    """Write one of the workspace's own messages."""
    folder = world.workspace.folder / "templates" / "messages"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def second_client(world, name: str = "southern-health") -> None:
    """Make another client with the same rules."""
    rules = world.workspace.folder / "rulesets"
    shutil.copy(rules / "northern-health.toml", rules / f"{name}.toml")


def test_rules_are_read_once_until_a_file_changes(draft) -> None:
    """The daemon sees an edit at its next tick, and reads nothing twice."""
    rules = draft.workspace.rules
    first = rules.load("northern-health")
    same = rules.load("northern-health")
    edit(draft, 'title = "Primary care pilot"', 'title = "Primary care, year two"')

    assert first is same
    assert "Primary care, year two" == rules.ruleset(SCOPE).title


def test_a_connector_that_is_not_configured_is_a_problem(draft) -> None:
    """A stack that names nothing in config.toml is found before anything is sent (R29)."""
    edit(draft, 'email = "mail"', 'email = "post"')
    (problem,) = [p for p in draft.workspace.rules.load("northern-health").problems if p.code == "unknown-connector"]

    assert "'post'" in problem.message
    assert problem.place.line > 1
    assert "[connectors.post]" in problem.hint


def test_a_message_without_a_template_is_a_problem(draft) -> None:
    """An automation cannot send what nobody has written (R29)."""
    file = draft.workspace.folder / "rulesets" / "small-group-coaching.toml"
    text = file.read_text(encoding="utf-8").replace('send = "welcome"', 'send = "welcom"', 1)
    file.write_text(text, encoding="utf-8")
    codes = [problem.code for problem in draft.workspace.rules.load("northern-health").problems]

    assert ["unknown-message"] == codes


def test_a_template_that_cannot_be_read_is_a_problem(draft) -> None:
    """A client's own message with a slip in its syntax is found before anything is due (R29)."""
    own_message(draft, "reminder.md.j2", "Subject: Soon\n\nHello {{ recipient.first_name }\n")
    (problem,) = draft.workspace.rules.load("northern-health").problems

    assert ("template-syntax", "templates/messages/reminder.md.j2", 3) == (
        problem.code,
        problem.place.file,
        problem.place.line,
    )


def test_broken_rules_give_no_ruleset(draft) -> None:
    """What `check` refuses, no operation runs on (P15)."""
    edit(draft, "schema = 1", "schema = 1\nsurprise = true")
    with pytest.raises(InvalidError) as caught:
        draft.workspace.rules.ruleset(SCOPE)

    assert "surprise" in str(caught.value)


def test_an_unknown_programme_lists_those_there_are(draft) -> None:
    """A misspelled programme is a usage error."""
    with pytest.raises(UsageError) as caught:
        draft.workspace.rules.ruleset("northern-health/primary")

    assert "primary-care" in caught.value.hint


def test_a_workspaces_own_template_comes_beside_the_shipped_ones(draft) -> None:
    """A client's message is known by its name, and so are ours (R13)."""
    own_message(draft, "house-rules.md.j2", "Subject: Ours\n\nHello.\n")
    rules = RuleBook.of(draft.workspace.folder, draft.workspace.settings)

    assert {"house-rules", "reminder"} <= rules.renderer.names()


def test_a_template_that_nobody_sends_refuses_no_client(draft) -> None:
    """It is told all the same, once, and not as a client's problem (R29)."""
    own_message(draft, "one-day.md.j2", "Subject: Soon\n\n{% if %}\n")
    rules = draft.workspace.rules

    assert () == rules.load("northern-health").problems
    assert ["templates/messages/one-day.md.j2:3:1"] == [str(problem.place) for problem in rules.problems()]


def test_a_configuration_that_cannot_be_read_says_nothing_of_connectors(draft) -> None:
    """The rules are checked all the same (R29)."""
    edit(draft, 'email = "mail"', 'email = "post"')

    assert () == RuleBook.of(draft.workspace.folder, None).load("northern-health").problems


def test_the_stamp_changes_with_every_file_the_rules_come_from(draft) -> None:
    """A client's own file and its pack count, another client's does not."""
    second_client(draft)
    rules = draft.workspace.rules
    first = rules.stamp("northern-health")
    with (draft.workspace.folder / "rulesets" / "southern-health.toml").open("a", encoding="utf-8") as file:
        file.write("# theirs\n")
    same = rules.stamp("northern-health")
    with (draft.workspace.folder / "rulesets" / "small-group-coaching.toml").open("a", encoding="utf-8") as file:
        file.write("# the pack's\n")

    assert first == same
    assert first != rules.stamp("northern-health")


class TestReload:
    """What a daemon does when it is told to look at the files."""

    def test_the_first_look_takes_every_client(self, draft) -> None:
        """All is new to a process that has just begun."""
        second_client(draft)
        found = draft.workspace.rules.reload()

        assert (("northern-health", "southern-health"), True) == (found.changed, found.is_sound)

    def test_nothing_changes_when_no_file_did(self, draft) -> None:
        """A second look takes nothing and reads nothing."""
        rules = draft.workspace.rules
        rules.reload()
        before = rules.prepared(SCOPE)

        assert () == rules.reload().changed
        assert before is rules.prepared(SCOPE)

    def test_an_edit_waits_for_the_next_look(self, draft) -> None:
        """Between two looks the daemon goes on by what it has, whatever the files say."""
        rules = draft.workspace.rules
        rules.reload()
        stamp = rules.stamp("northern-health")
        edit(draft, 'title = "Primary care pilot"', 'title = "Year two"')
        still = (rules.ruleset(SCOPE).title, rules.stamp("northern-health") == stamp)
        found = rules.reload()

        assert ("Primary care pilot", True) == still
        assert (("northern-health",), "Year two") == (found.changed, rules.ruleset(SCOPE).title)
        assert stamp != rules.stamp("northern-health")

    def test_a_broken_edit_keeps_the_last_good_set(self, draft) -> None:
        """The client goes on as before, its stamp too; the others take their edits (P14, P15)."""
        second_client(draft)
        rules = draft.workspace.rules
        rules.reload()
        stamp = rules.stamp("northern-health")
        edit(draft, "schema = 1", "schema = 1\nsurprise = true")
        south = draft.workspace.folder / "rulesets" / "southern-health.toml"
        south.write_text(south.read_text(encoding="utf-8").replace("Primary care pilot", "South"), encoding="utf-8")
        found = rules.reload()

        assert (["northern-health"], ("southern-health",)) == ([*found.refused], found.changed)
        assert "unknown-key" == found.refused["northern-health"][0].code
        assert ("Primary care pilot", "South") == (
            rules.ruleset(SCOPE).title,
            rules.ruleset("southern-health/primary-care").title,
        )
        assert stamp == rules.stamp("northern-health")

    def test_a_mended_file_is_taken(self, draft) -> None:
        """What was refused is forgotten, and nothing else is read again."""
        rules = draft.workspace.rules
        rules.reload()
        edit(draft, "schema = 1", "schema = 1\nsurprise = true")
        rules.reload()
        again = rules.reload()
        edit(draft, "surprise = true", "")
        mended = rules.reload()

        assert ["northern-health"] == [*again.refused]
        assert (("northern-health",), True) == (mended.changed, mended.is_sound)

    def test_a_broken_pack_keeps_every_last_good_set(self, draft) -> None:
        """Three clients extend it, three go on as before (P14)."""
        for name in ("southern-health", "western-health"):
            second_client(draft, name)
        rules = draft.workspace.rules
        everyone = rules.reload().changed
        pack = draft.workspace.folder / "rulesets" / "small-group-coaching.toml"
        sound = pack.read_text(encoding="utf-8")
        pack.write_text(sound.replace('members = "75%"', 'membres = "75%"'), encoding="utf-8")
        found = rules.reload()
        titles = {rules.ruleset(f"{client}/primary-care").title for client in everyone}
        pack.write_text(sound, encoding="utf-8")

        assert everyone == tuple(found.refused)
        assert () == found.changed
        assert {"Primary care pilot"} == titles
        assert rules.reload().is_sound

    def test_a_pack_that_was_torn_is_whole_again_when_it_is_mended(self, draft) -> None:
        """Torn, nobody can tell it from a client; it must not be waited for as one ever after."""
        rules = draft.workspace.rules
        rules.reload()
        pack = draft.workspace.folder / "rulesets" / "small-group-coaching.toml"
        sound = pack.read_text(encoding="utf-8")
        pack.write_text(sound[: len(sound) // 2] + '"', encoding="utf-8")
        torn = rules.reload()
        pack.write_text(sound, encoding="utf-8")

        assert {"northern-health", "small-group-coaching"} == {*torn.refused}
        assert rules.reload().is_sound
        assert ("northern-health",) == rules.clients()

    def test_a_broken_automation_alone_is_left_out(self, draft) -> None:
        """The new set is taken without it, and it is listed with its problems (P14, P15)."""
        rules = draft.workspace.rules
        rules.reload()
        with (draft.workspace.folder / "rulesets" / "northern-health.toml").open("a", encoding="utf-8") as file:
            file.write("[automations.hello]\non = 'every blue moon'\nfor_each = 'coach'\ndo = { flag = 'x' }\n")
        edit(draft, 'title = "Primary care pilot"', 'title = "Year two"')
        found = rules.reload()

        assert ({}, {"northern-health": ["hello"]}) == (found.refused, {c: [*a] for c, a in found.isolated.items()})
        assert ("Year two", False) == (rules.ruleset(SCOPE).title, "hello" in rules.ruleset(SCOPE).automations)
        assert "welcome" in rules.ruleset(SCOPE).automations

    def test_a_broken_template_leaves_out_those_that_send_it(self, draft) -> None:
        """A message that cannot be rendered stops the automation that sends it and no other (P14)."""
        rules = draft.workspace.rules
        rules.reload()
        own_message(draft, "reminder.md.j2", "Subject: Soon\n\nHello {{ recipent.first_name }}\n")
        broken = rules.reload()
        (draft.workspace.folder / "templates" / "messages" / "reminder.md.j2").unlink()

        assert ["remind"] == [*broken.isolated["northern-health"]]
        assert rules.reload().is_sound
        assert "remind" in rules.ruleset(SCOPE).automations

    def test_an_edited_template_is_taken(self, draft) -> None:
        """The daemon sends the words as they are written now (R13)."""
        rules = draft.workspace.rules
        rules.reload()
        before = rules.renderer
        own_message(draft, "reminder.md.j2", "Subject: Ours\n\nHello.\n")
        still = rules.renderer
        rules.reload()
        words = {**next(typical(Shape(role="participant", session=True)))[1]}

        assert before is still
        assert "Ours" == rules.renderer.message("reminder", words, zone="UTC", locale="en-GB").subject

    def test_a_client_that_is_broken_from_the_start_has_no_set(self, draft) -> None:
        """It is not decided; the others are (P14)."""
        second_client(draft)
        edit(draft, "schema = 1", "schema = 1\nsurprise = true")
        rules = draft.workspace.rules
        found = rules.reload()
        with pytest.raises(InvalidError):
            rules.prepared(SCOPE)

        assert ["northern-health"] == [*found.refused]
        assert "Primary care pilot" == rules.ruleset("southern-health/primary-care").title

    def test_a_file_that_goes_is_refused_and_one_that_comes_is_taken(self, draft) -> None:
        """Rules of a live programme do not vanish by themselves."""
        rules = draft.workspace.rules
        rules.reload()
        second_client(draft)
        (draft.workspace.folder / "rulesets" / "northern-health.toml").unlink()
        found = rules.reload()

        assert (("southern-health",), ["northern-health"]) == (found.changed, [*found.refused])
        assert "missing-file" == found.refused["northern-health"][0].code
        assert "Primary care pilot" == rules.ruleset(SCOPE).title
