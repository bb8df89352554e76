"""Loading a client: every ruleset or every problem."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from convener.errors import Place, Severity
from convener.model import Span, Verb
from convener.rulesets import client_ids, load_client
from convener.rulesets.kinds import KINDS, PodSize, Quorum, SessionGap

Write = Callable[..., Path]


def test_the_examples_load_without_a_problem(examples: Path) -> None:
    """Both example clients are accepted as they are (R27)."""
    loaded = {client: load_client(examples, client) for client in client_ids(examples)}

    assert ["brightwater", "northern-health"] == sorted(loaded)
    assert [(), ()] == [each.problems for each in loaded.values()]
    assert ["brightwater/lead-26", "northern-health/primary-care"] == sorted(
        ruleset.scope for each in loaded.values() for ruleset in each.rulesets
    )


def test_a_programme_reads_as_written(examples: Path) -> None:
    """The values of a client and its programme are typed and in place."""
    (ruleset,) = load_client(examples, "northern-health").rulesets

    assert ("Europe/London", "en-GB", "GB-ENG") == (ruleset.zone, ruleset.locale, ruleset.holidays)
    assert date(2027, 1, 18) == ruleset.starts
    assert (9, Span.parse("1 day"), Span.parse("6 weeks")) == (
        ruleset.sessions.count,
        ruleset.sessions.length,
        ruleset.sessions.every,
    )
    assert ruleset.coaches is None
    assert "Line manager e-mail" == ruleset.roster.columns["manager_email"]
    assert ("pages", "northern-sheet") == ruleset.stack["reports"]
    assert ("set", "coach", "set adviser") == (ruleset.word("pod"), "coach", ruleset.word("coach"))
    assert ("rulesets/small-group-coaching.toml", "rulesets/northern-health.toml") == ruleset.files


def test_topics_may_be_left_to_the_pods(examples: Path) -> None:
    """Mandated topics come first and pods choose the rest from a list."""
    (ruleset,) = load_client(examples, "brightwater").rulesets

    assert ("Kick-off", "Coaching skills", "Delegation") == ruleset.topics
    assert (3, 5) == (ruleset.pod_chooses, len(ruleset.topics_from))


def test_a_key_comes_from_the_highest_layer_that_wrote_it(examples: Path) -> None:
    """The size of a pod is the programme's, its kind the pack's, and each says where it was written."""
    (ruleset,) = load_client(examples, "northern-health").rulesets

    rule = ruleset.rules["pod-size"]

    assert PodSize(min=7, target=8, max=9) == rule.terms
    assert rule.inflexible
    assert "Five regional sets share forty places." == rule.why
    assert "rulesets/northern-health.toml" == rule.places["min"].file
    assert "rulesets/small-group-coaching.toml" == rule.places["kind"].file


def test_what_is_switched_off_is_gone_and_what_is_added_is_there(examples: Path) -> None:
    """A programme drops an automation of the pack with a reason and adds its own."""
    (ruleset,) = load_client(examples, "northern-health").rulesets

    assert "manager-pulse" not in ruleset.automations
    assert Verb.POLL is ruleset.automations["agenda"].steps[0].verb
    assert "agenda" in ruleset.polls


def test_rules_are_found_by_their_kind(examples: Path) -> None:
    """Planning asks for the terms of a kind and gets them typed."""
    (ruleset,) = load_client(examples, "northern-health").rulesets

    assert [Fraction(3, 4)] == [terms.members for _, terms in ruleset.rules_of(Quorum)]


def test_a_waiver_stands_beside_its_flexible_rule(examples: Path) -> None:
    """A reasoned, dated exception is read with its subject."""
    (ruleset,) = load_client(examples, "brightwater").rulesets

    waiver = ruleset.waivers["W-2027-001"]

    assert ("late-cancel", {"participant": "ana.ruiz@brightwater.example"}) == (waiver.rule, waiver.subject)
    assert (date(2027, 3, 1), date(2027, 6, 30)) == (waiver.since, waiver.until)


def test_a_mistyped_key_of_the_quorum_is_told_at_its_place(tmp_path: Path, examples: Path) -> None:
    """`membres = "75%"` in a copy of the pack is one problem at that key with the nearest name."""
    (tmp_path / "rulesets").mkdir()
    for name in ("northern-health", "small-group-coaching"):
        text = (examples / "rulesets" / f"{name}.toml").read_text(encoding="utf-8")
        broken = text.replace('members = "75%"', 'membres = "75%"')
        (tmp_path / "rulesets" / f"{name}.toml").write_text(broken, encoding="utf-8")
    lines = (tmp_path / "rulesets" / "small-group-coaching.toml").read_text(encoding="utf-8").splitlines()

    (problem,) = load_client(tmp_path, "northern-health").problems

    place = Place("rulesets/small-group-coaching.toml", lines.index('membres = "75%"') + 1, 1)
    assert ("unknown-key", place, "did you mean 'members'?") == (problem.code, problem.place, problem.hint)


def test_an_unknown_client_is_told_with_the_nearest(write: Write) -> None:
    """A client without a file is a problem and not a traceback."""
    (problem,) = load_client(write(), "harbor").problems

    assert ("missing-file", "did you mean 'harbour'?") == (problem.code, problem.hint)


def test_a_name_with_something_else_behind_it_says_what(write: Write) -> None:
    """A folder or a link to nowhere is told as what it is, and nobody is pointed to the very name they typed."""
    folder = write()
    (folder / "rulesets" / "dir.toml").mkdir()
    (folder / "rulesets" / "link.toml").symlink_to("nowhere")
    problems = [problem for client in ("dir", "link") for problem in load_client(folder, client).problems]

    assert [("unreadable-file", ""), ("missing-file", "")] == [(each.code, each.hint) for each in problems]


@pytest.mark.parametrize("client", ["", "../harbour", "a/b", "\x00", "x" * 500])
def test_a_name_that_is_no_id_reads_no_file(write: Write, client: str) -> None:
    """What is typed never leads out of the workspace."""
    loaded = load_client(write(), client)

    assert ["missing-file"] == [problem.code for problem in loaded.problems]


def test_a_pack_is_not_a_client(write: Write) -> None:
    """Loading a pack says so."""
    (problem,) = load_client(write(), "base").problems

    assert ("not-a-client", Place("rulesets/base.toml", 3, 2)) == (problem.code, problem.place)


def test_clients_are_the_files_with_a_client(write: Write) -> None:
    """Packs and tests do not count; a broken file does, so that somebody hears of it."""
    folder = write(broken="[client", other="[client]")
    (folder / "rulesets" / "harbour.test.toml").write_text("", encoding="utf-8")

    assert ("broken", "harbour", "other") == client_ids(folder)


def test_a_test_file_is_no_client(write: Write) -> None:
    """It stands beside the rules and is read by `convener test` alone."""
    folder = write()
    (folder / "rulesets" / "harbour.test.toml").write_text("[client]\n", encoding="utf-8")

    (problem,) = load_client(folder, "harbour.test").problems

    assert ("missing-file", "did you mean 'harbour'?") == (problem.code, problem.hint)


def test_a_folder_without_rules_has_no_clients(tmp_path: Path) -> None:
    """An empty workspace is not an error here."""
    assert () == client_ids(tmp_path)


def test_a_client_without_programmes_is_checked_all_the_same(write: Write) -> None:
    """A client being written has its rules checked before its first programme is."""
    folder = write()
    path = folder / "rulesets" / "harbour.toml"
    text = path.read_text(encoding="utf-8").split("[programmes.pilot]")[0]
    path.write_text(text + '[rules.gap]\nmin = "1 day"\n', encoding="utf-8")

    assert ["inflexible-override"] == [problem.code for problem in load_client(folder, "harbour").problems]


def test_a_warning_does_not_refuse_a_file(write: Write) -> None:
    """A channel without a connector is told and the rulesets are there."""
    pack = '[automations.text]\non = "session.held"\nfor_each = "coach"\ndo = { send = "x", via = ["text"] }\n'

    loaded = load_client(write(pack=pack), "harbour")

    assert [("idle-channel", Severity.WARNING)] == [(each.code, each.severity) for each in loaded.problems]
    assert 1 == len(loaded.rulesets)


def test_a_mistake_shared_by_programmes_is_told_once(write: Write) -> None:
    """Two programmes under one broken layer have one problem."""
    other = (
        '[programmes.other]\ntitle = "Other"\nstarts = 2027-02-01\n'
        'sessions = { count = 2, length = "1 day" }\nroster = { path = "other.csv" }\n'
        '[rules.bad]\nkind = "quorom"\nflexibility = "flexible"\n'
    )

    assert ["unknown-kind"] == [problem.code for problem in load_client(write(other), "harbour").problems]


def test_a_file_full_of_rules_is_told_with_little_work(write: Write, counted: Callable[[], Any]) -> None:
    """Thousands of rules are too many, and nobody waits to hear it."""
    rules = "".join(f'[rules.r{number}]\nkind = "quorom"\n' for number in range(4_000))
    workspace = write(rules)

    with counted() as calls:
        problems = load_client(workspace, "harbour").problems

    assert ["too-many"] == [problem.code for problem in problems]
    assert calls.count < 1_000_000


def test_as_many_programmes_and_bad_rules_as_allowed_are_told_too(write: Write, counted: Callable[[], Any]) -> None:
    """The largest file within the limits is no great work either."""
    rules = "".join(f'[rules.r{number}]\nkind = "quorum"\nmembres = 3\n' for number in range(299))
    programmes = "".join(f"[programmes.p{number}]\n" for number in range(49))
    workspace = write(rules + programmes)

    with counted() as calls:
        problems = load_client(workspace, "harbour").problems

    assert len(problems) > 500
    assert calls.count < 3_000_000


def test_a_client_with_its_pack_is_little_work(examples: Path, counted: Callable[[], Any]) -> None:
    """Loading costs little beside starting."""
    load_client(examples, "brightwater")

    with counted() as calls:
        load_client(examples, "northern-health")

    assert calls.count < 500_000


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["northern-health", "small-group-coaching"]),
    share=st.floats(0, 1),
    length=st.integers(0, 30),
    text=st.sampled_from(
        ["", "=", "[", '"', "x", "\n[rules]\n", " = 3\n", "{ a = 1 }", "é", "[[", "true", "\x00", "#"]
    ),
)
def test_no_change_of_an_example_is_a_traceback(
    tmp_path: Path, examples: Path, name: str, share: float, length: int, text: str
) -> None:
    """Whatever is done to a rule file, it loads or its problems are told."""
    (tmp_path / "rulesets").mkdir(exist_ok=True)
    for each in ("northern-health", "small-group-coaching"):
        whole = (examples / "rulesets" / f"{each}.toml").read_text(encoding="utf-8")
        start = int(share * len(whole))
        written = whole[:start] + text + whole[start + length :] if each == name else whole
        (tmp_path / "rulesets" / f"{each}.toml").write_text(written, encoding="utf-8")

    loaded = load_client(tmp_path, "northern-health")

    assert bool(loaded.rulesets) == loaded.is_usable
    assert loaded.is_valid == (loaded.is_usable and not loaded.isolated)


AUTOMATION = '[automations.{name}]\non = "session.held"\nfor_each = "{each}"\ndo = {{ flag = "x" }}\n'


def test_a_broken_automation_leaves_the_others(write: Write) -> None:
    """P14: the rulesets are there without it, and its problems stand beside them under its name."""
    text = AUTOMATION.format(name="good", each="coach") + AUTOMATION.format(name="bad", each="coahc")

    loaded = load_client(write(text), "harbour")

    assert ["good", "welcome"] == sorted(loaded.rulesets[0].automations)
    assert {"bad": loaded.problems} == loaded.isolated
    assert [("unknown-value", "automations.bad")] == [(each.code, each.owner) for each in loaded.problems]
    assert not loaded.is_valid


@pytest.mark.parametrize(
    "broken",
    [
        '[rules.enough]\nkind = "quorum"\nflexibility = "inflexible"\nmembres = 3\n',
        '[polls.more]\ncloses = "soon"\n',
        "[waivers.W-1]\n",
        "[automations]\nodd = 3\n",
    ],
)
def test_anything_else_that_is_broken_leaves_nothing(write: Write, broken: str) -> None:
    """P15: a rule, a poll or a file that is wrong refuses the whole set, however many automations are."""
    loaded = load_client(write(broken + AUTOMATION.format(name="bad", each="coahc")), "harbour")

    assert ((), {}) == (loaded.rulesets, loaded.isolated)
    assert any(not problem.owner for problem in loaded.problems)


class Capacity(BaseModel):
    """How many people a room takes."""

    seats: int
    """Chairs."""


ROOM = '[rules.room]\nkind = "room-capacity"\nflexibility = "inflexible"\n{key} = 12\n'


def test_a_plugins_kind_is_read_like_ours(write: Write) -> None:
    """Its keys are typed by its own model, and the kind is unknown without the plugin."""
    folder = write(ROOM.format(key="seats"))

    (ruleset,) = load_client(folder, "harbour", kinds={**KINDS, "room-capacity": Capacity}).rulesets
    (problem,) = load_client(folder, "harbour").problems

    assert [12] == [terms.seats for _, terms in ruleset.rules_of(Capacity)]
    assert "unknown-kind" == problem.code


def test_a_plugins_kind_refuses_unknown_keys(write: Write) -> None:
    """R27: also where its author has not asked for it."""
    folder = write(ROOM.format(key="saets"))

    (problem,) = load_client(folder, "harbour", kinds={**KINDS, "room-capacity": Capacity}).problems

    assert ("unknown-key", "did you mean 'seats'?") == (problem.code, problem.hint)


def test_a_pack_is_read_once_for_all_who_extend_it(write: Write) -> None:
    """The rules and automations of a pack are the same values in every client while its bytes stand."""
    folder = write()
    path = folder / "rulesets" / "harbour.toml"
    path.with_name("other.toml").write_bytes(path.read_bytes())

    (one,) = load_client(folder, "harbour").rulesets
    (other,) = load_client(folder, "other").rulesets

    assert one.rules["gap"] is other.rules["gap"]
    assert one.automations["welcome"] is other.automations["welcome"]


def test_a_pack_that_changed_is_read_again(write: Write) -> None:
    """Nothing of what a file said before is left once its bytes differ."""
    folder = write()
    load_client(folder, "harbour")
    path = folder / "rulesets" / "base.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"45 days"', '"60 days"'), encoding="utf-8")

    (ruleset,) = load_client(folder, "harbour").rulesets

    assert [Span.parse("60 days")] == [gap.max for _, gap in ruleset.rules_of(SessionGap)]
