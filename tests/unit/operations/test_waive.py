"""Writing a waiver into the client's file."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from convener.errors import DataError, RefusedError, UsageError
from convener.operations.tick import tick
from convener.operations.waive import Wish, waive, waivers

SCOPE = "northern-health/primary-care"
PERSON = "chiara.grant@northern.example"
END = date(2027, 3, 31)


def wish(**more: Any) -> Wish:
    """Return the wish to let one person's late cancellation count as an apology."""
    told = {
        "rule": "late-cancel",
        "word": "participant",
        "subject": PERSON,
        "reason": 'Her father is "very" ill.',
        "approved_by": "Priya Nair",
        "until": END,
    }
    return Wish(**{**told, **more})


def file_of(world):
    """Return the client's rule file."""
    return world.workspace.folder / "rulesets" / "northern-health.toml"


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_everything_else_stays_byte_for_byte(live, end) -> None:
    """The table comes last, its lines ending as the others do; what stood there stands there (P17)."""
    file = file_of(live)
    text = file.read_text(encoding="utf-8").rstrip("\n").replace("\n", end or "\n") + end
    file.write_bytes(text.encode())
    done = waive(live.workspace, SCOPE, wish())
    after = file.read_bytes()

    assert after.startswith(text.encode())
    assert after.decode().replace("\r\n", "\n").endswith(f"\n\n{done.table}")
    assert ("\r\n" in end) == (b"\r\n" in after[len(text) :])


def test_it_is_in_force_at_once(live) -> None:
    """Loaded as any other, with reason, approver and both days."""
    done = waive(live.workspace, SCOPE, wish())
    (standing,) = waivers(live.workspace, SCOPE)
    waiver = standing.waiver

    assert (done.id, "late-cancel", {"participant": PERSON}) == (waiver.id, waiver.rule, waiver.subject)
    assert ('Her father is "very" ill.', "Priya Nair") == (waiver.reason, waiver.approved_by)
    assert (date(2026, 12, 7), END, "in force") == (waiver.since, waiver.until, standing.state)


def test_any_character_of_a_reason_is_written(live) -> None:
    """Quotes, lines and control characters come back as they were given, and the file's readers stay."""
    reason = 'a "b" \\ c\n\x01\x7f\u2028😀'
    file_of(live).chmod(0o644)
    waive(live.workspace, SCOPE, wish(reason=reason))
    (standing,) = waivers(live.workspace, SCOPE)

    assert (reason, 0o644) == (standing.waiver.reason, file_of(live).stat().st_mode & 0o777)


def test_a_rehearsal_writes_nothing(live) -> None:
    """The table is shown; the file is not touched."""
    before = file_of(live).read_bytes()

    assert "[waivers.late-cancel-chiara-grant]" in waive(live.workspace, SCOPE, wish(), dry_run=True).table
    assert before == file_of(live).read_bytes()


@pytest.mark.parametrize(
    ("word", "typed", "written"),
    [
        ("participant", "CHIARA.GRANT@northern.example", PERSON),
        ("pod", "tyneside", "primary-care/tyneside"),
        ("session", "primary-care/tyneside/3", "primary-care/tyneside/3"),
    ],
)
def test_subjects_are_found_as_people_type_them(live, word, typed, written) -> None:
    """What is written is the address or the id."""
    done = waive(live.workspace, SCOPE, wish(word=word, subject=typed))

    assert f'subject = {{ {word} = "{written}" }}' in done.table


def test_the_same_wish_twice_gets_another_name(live) -> None:
    """No table stands in a file twice."""
    names = [waive(live.workspace, SCOPE, wish()).id for _ in range(3)]

    assert ["late-cancel-chiara-grant", "late-cancel-chiara-grant-2", "late-cancel-chiara-grant-3"] == names


def test_a_name_of_its_own(live) -> None:
    """With a dot in it, it is quoted; one that is taken is refused."""
    assert '[waivers."father.ill"]' in waive(live.workspace, SCOPE, wish(id="father.ill")).table
    for name in ("father.ill", "no good"):
        with pytest.raises(UsageError, match=r"is taken|is no id"):
            waive(live.workspace, SCOPE, wish(id=name))


def test_an_inflexible_rule_cannot_be_waived(live) -> None:
    """It is refused by name, with the place that made it so; nothing is written (R27)."""
    before = file_of(live).read_bytes()
    with pytest.raises(RefusedError, match="rule gap is inflexible") as caught:
        waive(live.workspace, SCOPE, wish(rule="gap", word="pod", subject="tyneside"))

    assert (("gap",), before) == (caught.value.rules, file_of(live).read_bytes())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"rule": "late-cancle"}, "there is no rule 'late-cancle'"),
        ({"subject": "nobody@northern.example"}, "nobody in northern-health/primary-care"),
        ({"word": "pod", "subject": "nowhere"}, "there is no pod 'nowhere'"),
        ({"word": "session", "subject": "primary-care/tyneside/99"}, "there is no session"),
        ({"until": date(2026, 12, 6)}, "cannot end on 2026-12-06"),
        ({"since": date(2027, 4, 1)}, "cannot end on 2027-03-31"),
    ],
)
def test_what_is_not_there_is_refused_with_a_cure(live, more, said) -> None:
    """Names are looked up before anything is written."""
    before = file_of(live).read_bytes()
    with pytest.raises(UsageError, match=said) as caught:
        waive(live.workspace, SCOPE, wish(**more))

    assert caught.value.hint
    assert before == file_of(live).read_bytes()


def test_a_file_that_would_not_load_with_it_is_left_alone(live) -> None:
    """Here the waivers are written in a way that no table can be added to."""
    file = file_of(live)
    lines = file.read_text(encoding="utf-8").replace("schema = 1\n", "schema = 1\nwaivers = {}\n", 1)
    file.write_text(lines, encoding="utf-8")
    with pytest.raises(DataError, match="would not load"):
        waive(live.workspace, SCOPE, wish())

    assert lines == file.read_text(encoding="utf-8")


def test_how_waivers_stand(live) -> None:
    """The first to end comes first; one that lifts nothing is told so once a tick has found out (P17)."""
    waive(live.workspace, SCOPE, wish(id="later", since=date(2027, 3, 1)))
    waive(live.workspace, SCOPE, wish(id="short", rule="attendance-floor", until=date(2027, 1, 10)))
    live.clock.move_to(datetime(2027, 1, 5, 12, tzinfo=UTC))
    tick(live.workspace)
    found = waivers(live.workspace)
    live.clock.move_to(datetime(2027, 1, 11, 12, tzinfo=UTC))

    assert [("short", "in force"), ("later", "to come")] == [(one.waiver.id, one.state) for one in found]
    assert "lifts nothing" in found[0].note
    assert ["expired", "to come"] == [one.state for one in waivers(live.workspace, "northern-health")]
