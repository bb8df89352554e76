"""Pictures as pages."""

from pathlib import Path

import pytest

from convener.errors import UsageError
from convener.operations.pages import refuse_ending, write_page

SCOPE = "northern-health/primary-care"


@pytest.mark.parametrize("name", ["page.html", "page.htm"])
def test_a_page_is_html(name: str) -> None:
    """Both endings are a page's."""
    refuse_ending(Path(name))


def test_anything_else_is_refused_before_anything_is_written(draft, tmp_path: Path) -> None:
    """The message says how it should end."""
    ruleset = draft.workspace.rules.ruleset(SCOPE)
    with pytest.raises(UsageError, match="is no page") as caught:
        write_page(draft.workspace, tmp_path / "page.svg", ruleset, "pods", {})

    assert ("let it end in .html", []) == (caught.value.hint, list(tmp_path.glob("page*")))
