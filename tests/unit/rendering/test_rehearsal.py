"""Messages rendered for typical people."""

from pathlib import Path

import pytest

from convener.bundled import bundled
from convener.rendering import Rehearsals, Renderer, Shape

SESSION = Shape(role="participant", session=True)
JOINED = Shape(role="participant")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of templates with the layout of mails and nothing else."""
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "_layout.html.j2").write_text("{{ body }}", encoding="utf-8")
    return tmp_path


def write(folder: Path, text: str, name: str = "a.md.j2") -> Rehearsals:
    """Write a template and return what rehearses it."""
    (folder / "messages" / name).write_text(text, encoding="utf-8")
    return Rehearsals(Renderer([folder]))


def test_a_sound_message_has_no_problem(folder: Path) -> None:
    """Everybody gets it."""
    assert () == write(folder, "Subject: x\nHello {{ recipient.first_name }}\n").problems("a", "email", JOINED)


def test_a_template_that_calls_itself_without_end_is_told(folder: Path) -> None:
    """It fails the check with its place, and not the whole program (R29)."""
    text = "Subject: x\n{% macro f() %}{{ f() }}{% endmacro %}\n{{ f() }}\n"
    problem = write(folder, text).problems("a", "email", JOINED)[0]

    assert ("templates/messages/a.md.j2", "template-value") == (problem.place.file, problem.code)
    assert problem.message.startswith("calls itself without end")


def test_a_template_that_is_no_text_is_told(folder: Path) -> None:
    """A file saved in another encoding is named with the line, before and while it is rendered (R29)."""
    rehearsals = write(folder, "")
    (folder / "messages" / "a.md.j2").write_bytes(b"Subject: x\n\ncaf\xe9\n")
    (problem,) = rehearsals.problems("a", "email", JOINED)
    (unsent,) = rehearsals.renderer.problems()

    assert ("templates/messages/a.md.j2", 3, "template-syntax") == (
        problem.place.file,
        problem.place.line,
        problem.code,
    )
    assert "byte 0xe9 is not UTF-8" in problem.message
    assert problem.place == unsent.place


def test_a_failure_for_some_says_for_whom(folder: Path) -> None:
    """The template is right for most; the person at the terminal must know for whom it is not (R29)."""
    (problem,) = write(folder, "Subject: x\n\n{{ coach.name }}\n").problems("a", "email", SESSION)

    assert (
        "'None' has no attribute 'name' (for a participant at the last session, nothing else known)" == problem.message
    )
    assert ("templates/messages/a.md.j2", 3) == (problem.place.file, problem.place.line)
    assert "test it with 'if' first: not everybody has one" == problem.hint


def test_a_slip_fails_for_everybody_and_is_told_once(folder: Path) -> None:
    """A name that nobody knows, with the nearest that somebody does."""
    (problem,) = write(folder, "Subject: x\n{{ sesion.topic }} {{ sesion.number }}\n").problems("a", "email", SESSION)

    assert ("'sesion' is undefined", "did you mean 'session'?") == (problem.message, problem.hint)


def test_what_nobody_comes_by_is_told_too(folder: Path) -> None:
    """A slip in a branch that no typical person takes waits for a real one."""
    text = "Subject: x\n{% if session.number == 77 %}\nfine\n{{ sesion.topic }}\n{% endif %}\n"
    (problem,) = write(folder, text).problems("a", "email", SESSION)

    assert ("'sesion' is undefined", 4) == (problem.message, problem.place.line)


@pytest.mark.parametrize(
    "text",
    [
        "{% if sesion is defined %}{{ sesion }}{% endif %}",
        "{% if sesion is not defined %}none{% endif %}",
        "{% for one in people %}{{ one.name }} {{ loop.index }}{% endfor %}",
        "{% set sesion = 'x' %}{{ sesion }}",
        "{% macro m(sesion) %}{{ sesion }}{% endmacro %}{{ m('x') }}",
        "{{ session['topic'] }} sesion {{ 'sesion' }}",
    ],
)
def test_what_a_template_gives_itself_is_no_slip(folder: Path, text: str) -> None:
    """Its own names, names it asks for, words in its prose and its strings."""
    assert () == write(folder, f"Subject: x\n{text}\n").problems("a", "email", SESSION)


def test_a_slip_in_a_part_is_the_parts(folder: Path) -> None:
    """The line to mend is in the file that is included."""
    (folder / "messages" / "_part.md.j2").write_text("one\n\n{{ nope }}\n", encoding="utf-8")
    (problem,) = write(folder, "Subject: x\n{% include 'messages/_part.md.j2' %}\n").problems("a", "email", JOINED)

    assert "templates/messages/_part.md.j2:3:1" == str(problem.place)


def test_every_shape_is_told_of_the_same_slip(folder: Path) -> None:
    """Two automations that send one broken message are both broken."""
    rehearsals = write(folder, "Subject: x\n{% if False %}{{ nope }}{% endif %}\n")

    assert [1, 1] == [len(rehearsals.problems("a", "email", shape)) for shape in (JOINED, SESSION)]


def test_a_message_is_rehearsed_once(folder: Path) -> None:
    """Two hundred clients that send the same words cost as much as one."""
    rehearsals = write(folder, "Subject: x\n{{ nope }}\n")
    first = rehearsals.problems("a", "email", JOINED)
    (folder / "messages" / "a.md.j2").unlink()

    assert first is rehearsals.problems("a", "email", JOINED)


def test_a_text_message_and_an_entry_in_a_diary_are_rehearsed_too(folder: Path) -> None:
    """Through every channel there is (R29)."""
    text = write(folder, "{{ nope }}\n", "a.text.j2").problems("a", "text", JOINED)
    entry = write(folder, "Subject: {{ nope }}\nx\n", "a.calendar.j2").problems("a", "calendar", JOINED)

    assert ["templates/messages/a.text.j2:1:1"] == [str(problem.place) for problem in text]
    assert ["templates/messages/a.calendar.j2:1:1"] == [str(problem.place) for problem in entry]


def test_what_has_no_template_is_told_by_whoever_names_it(folder: Path) -> None:
    """Here there is nothing to render."""
    assert () == Rehearsals(Renderer([folder])).problems("nowhere", "email", JOINED)


def test_a_page_of_ones_own_is_filled_once(folder: Path) -> None:
    """Its fault is told with its line, whoever asks again."""
    (folder / "reports").mkdir()
    (folder / "reports" / "client.html.j2").write_text("<p>\n{{ titel }}", encoding="utf-8")
    rehearsals = Rehearsals(Renderer([folder]))
    (problem,) = rehearsals.page_problems("client", dict)

    assert "templates/reports/client.html.j2:2:1" == str(problem.place)
    assert (problem,) == rehearsals.page_problems("client", lambda: {"titel": "asked again"})


def test_the_page_that_ships_is_left_alone() -> None:
    """It is filled in tests of its own."""
    shipped = Rehearsals(Renderer([bundled("templates")]))

    assert () == shipped.page_problems("client", dict)
