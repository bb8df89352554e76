"""Messages and pages as a whole."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from convener.bundled import bundled
from convener.errors import DataError
from convener.rendering import MessageContext, Renderer

Build = Callable[..., MessageContext]


def test_a_reminder_reads_as_a_person_would_write_it(renderer: Renderer, build: Build) -> None:
    """Subject, prose and time in the recipient's zone, with the zone printed (R13, P6)."""
    rendered = renderer.message("reminder", build(), zone="Europe/London", locale="en-GB")

    assert "Tue 19 Jan: your session, Contracting" == rendered.subject
    assert "    09:00\N{EN DASH}17:00 (London time, GMT)\n    Session 1 of 9: Contracting" in rendered.text
    assert "Inês Duarte, your set adviser, looks forward to seeing you." in rendered.text


def test_each_reads_their_own_clock(renderer: Renderer, build: Build) -> None:
    """The same session, two recipients, two wall clocks (P6)."""
    texts = [
        renderer.message("reminder", build("brightwater"), zone=zone, locale="en-AU").text
        for zone in ("Australia/Melbourne", "Asia/Singapore")
    ]

    assert "2:00 \N{EN DASH} 4:00 pm (Melbourne time, AEST)" in texts[0]
    assert "12:00 \N{EN DASH} 2:00 pm (Singapore time, UTC+8)" in texts[1]


def test_a_text_message_is_one_plain_text(renderer: Renderer, build: Build) -> None:
    """No subject, no HTML, two parts at most for a usual reminder."""
    rendered = renderer.message("reminder", build(), zone="Europe/London", locale="en-GB", channel="text")
    expected = (
        "Primary care pilot: your session is on Tue 19 Jan, 09:00-17:00 (London time, GMT)."
        " Topic: Contracting. Can't come? Please reply to our mail."
    )

    assert ("", expected, "") == (rendered.subject, rendered.text, rendered.html)


def test_a_diary_entry_has_a_summary_and_a_description(renderer: Renderer, build: Build) -> None:
    """What stands in the diary says which session of how many (R12)."""
    rendered = renderer.message("invite", build(), zone="Europe/London", locale="en-GB", channel="calendar")

    assert "Contracting (Cumbria, 1 of 9)" == rendered.subject
    assert "Session 1 of 9: Contracting\nSet adviser: Inês Duarte" in rendered.text


def test_a_poll_without_a_template_uses_the_general_one(renderer: Renderer, build: Build) -> None:
    """A client's own poll needs no template (R18)."""
    poll = {**(build()["poll"] or {}), "id": "lunch", "title": "lunch"}
    rendered = renderer.message("lunch", build(poll=poll), zone="UTC", locale="en-GB")

    assert "A question from Primary care pilot: lunch" == rendered.subject


def test_an_unknown_message_is_named_with_the_nearest(renderer: Renderer, build: Build) -> None:
    """A typo in a rule file does not fall back to anything."""
    with pytest.raises(DataError, match=r"template messages/remindr\.md\.j2 does not exist") as caught:
        renderer.message("remindr", build(), zone="UTC", locale="en-GB")

    assert "did you mean 'reminder'?" == caught.value.hint


def test_a_message_without_a_text_variant_says_what_to_write(renderer: Renderer, build: Build) -> None:
    """A text message is never made by cutting a mail."""
    with pytest.raises(DataError, match=r"welcome\.text\.j2 does not exist") as caught:
        renderer.message("welcome", build(), zone="UTC", locale="en-GB", channel="text")

    assert "write templates/messages/welcome.text.j2" == caught.value.hint


def test_a_page_escapes_values(tmp_path: Path) -> None:
    """A report's page is HTML, and its values are not."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "p.html.j2").write_text("<b>{{ x }}</b> {{ d | day }}", encoding="utf-8")
    renderer = Renderer([tmp_path])

    page = renderer.page("p", {"x": "<i>\u202e", "d": date(2027, 1, 19)}, zone="UTC", locale="en-GB")

    assert "<b>&lt;i&gt;</b> Tuesday 19 January 2027" == page


def test_a_missing_page_is_named(tmp_path: Path) -> None:
    """The cure is the file to write."""
    with pytest.raises(DataError, match=r"reports/nope\.html\.j2 does not exist"):
        Renderer([tmp_path]).page("nope", {}, zone="UTC", locale="en-GB")


def test_the_shipped_templates_have_no_problems(renderer: Renderer) -> None:
    """Every one of them can be read."""
    assert () == renderer.problems()


def test_a_broken_template_is_a_problem_with_its_place(tmp_path: Path) -> None:
    """`check` finds a template nobody can render, before anything is due (R29, fault 23)."""
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "a.md.j2").write_text("Subject: s\n\n{% if x %}\n", encoding="utf-8")
    (tmp_path / "messages" / "b.text.j2").write_text("{{ x | nofilter }}\n", encoding="utf-8")
    problems = Renderer([tmp_path, bundled("templates")]).problems()

    assert ["templates/messages/a.md.j2:3:1", "templates/messages/b.text.j2:1:1"] == [str(p.place) for p in problems]
    assert {"template-syntax"} == {problem.code for problem in problems}
