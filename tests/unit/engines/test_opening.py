"""Which engine the settings ask for."""

import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from convener.engines import Embedded, open_engine
from convener.engines.queued import Queued
from convener.errors import PluginError
from convener.operations.workspace import Workspace
from convener.runtime import open_workspace


def test_one_process_is_the_default(folder: Path) -> None:
    """Nothing of the queue is imported for it."""
    (folder / "config.toml").write_text("", encoding="utf-8")
    with closing(open_workspace(folder, environ={})) as workspace, closing(open_engine(workspace)) as engine:
        assert isinstance(engine, Embedded)


@pytest.mark.integration
def test_workers_are_asked_for(opened: Callable[[], Workspace]) -> None:
    """By `engine` in the settings."""
    with closing(open_engine(opened())) as engine:
        assert isinstance(engine, Queued)


def test_a_missing_library_is_named_with_its_cure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`pip install 'convener[workers]'`."""
    for module in [name for name in sys.modules if name.startswith("convener.engines.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "procrastinate", None)
    (folder / "config.toml").write_text("", encoding="utf-8")
    with closing(open_workspace(folder, environ={})) as workspace:
        asking = replace(workspace, settings=replace(workspace.settings, engine="procrastinate"))
        with pytest.raises(PluginError, match="workers need procrastinate") as caught:
            open_engine(asking)

    assert "pip install 'convener[workers]'" == caught.value.hint
