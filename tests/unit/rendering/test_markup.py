"""Markdown to HTML and to prose."""

from hypothesis import given
from hypothesis import strategies as st

from convener.rendering.markup import pieces, title_of, to_html, to_parts, to_text

PAGE = """# Title

One **two** *three* `four`
five [six](https://example.org) [a@b](mailto:a@b).\\
Seven

- eight
- nine
  - ten

3. eleven
4. twelve

> quote\\
> more

| a | b |
|---|---|
| 1 | 2 |

---

    code
"""

PROSE = """Title

One two three four five six (https://example.org) a@b.
Seven

- eight
- nine
  - ten

3. eleven
4. twelve

    quote
    more

a | b
1 | 2

---

code
"""


def test_prose_says_the_same_without_the_signs() -> None:
    """The text part of a mail is what a person would have typed (R13)."""
    assert PROSE == to_text(PAGE)


def test_both_parts_come_from_one_reading() -> None:
    """HTML and prose of a mail cannot differ in what they say."""
    assert (to_html(PAGE), to_text(PAGE)) == to_parts(PAGE)


def test_raw_html_is_shown_not_obeyed() -> None:
    """No tag of a text reaches the mail."""
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n" == to_html("<script>alert(1)</script>")


def test_a_script_is_no_link() -> None:
    """An address that would run something is no address."""
    assert "href" not in to_html("[x](javascript:alert%281%29)")


def test_table_heads_have_a_scope() -> None:
    """A screen reader knows what a head stands above."""
    assert '<th scope="col">a</th>' in to_html("| a |\n|---|\n| 1 |\n")


def test_hours_do_not_break_over_two_lines() -> None:
    """A stretch of time stays together on a phone, and an attribute is left alone."""
    assert '<p><span style="white-space: nowrap">09:00\N{EN DASH}17:00</span></p>\n' == to_html("09:00\N{EN DASH}17:00")
    assert "span" not in to_html('[x](https://e.x "09:00\N{EN DASH}17:00")')


def test_the_title_is_the_first_heading() -> None:
    """A page without a heading has no title."""
    assert ("Title", "") == (title_of(PAGE), title_of("no heading"))


BLOCKS = st.sampled_from(
    [
        "Hello Ana,",
        "**two** *three*",
        "- a",
        "- b\n- c",
        "  indented",
        "1. x",
        "2) y",
        "> q",
        "> q\n> r",
        "    code",
        "\ttab",
        "---",
        "* * *",
        "a\n---",
        "# h",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "\\- x",
        "text\n> quote",
        "text\n- item",
        "a\\\nb",
        "x  ",
        "```\nfenced",
        "  ~~~",
        "[six]: https://example.org",
        "[six]",
    ]
)
GAPS = st.sampled_from(["\n", "\n\n", "\n\n\n", "\n \n"])


@given(st.lists(st.tuples(BLOCKS, GAPS), max_size=7))
def test_a_text_read_in_pieces_is_the_text(parts: list[tuple[str, str]]) -> None:
    """Whatever stands in it: the pieces together mean what the whole does, and no letter is lost."""
    markdown = "".join(block + gap for block, gap in parts)

    assert (to_html(markdown), to_text(markdown)) == to_parts(markdown)


def test_what_is_the_same_for_all_is_a_piece_of_its_own() -> None:
    """So that it is read once; what belongs together stays together."""
    letter = "Hello Ana,\n\nSee you.\n\n- a\n\n- b\n\nWarm regards\n"

    assert ["Hello Ana,\n\n", "See you.\n\n", "- a\n\n- b\n\n", "Warm regards\n"] == list(pieces(letter))
    assert [f"```\n{letter}"] == list(pieces(f"```\n{letter}"))
