"""Broken clients and what is said of each: `python tests/unit/rulesets/corpus/write.py` writes the goldens again.

`rulesets/` holds the files that can be read in an editor; HOSTILE makes those that cannot, or that would only be large.
`golden/CLIENT.txt` holds every problem of CLIENT as `check` finds it, a line each:
severity, code, place, message and cure.
"""

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from convener.decide import prepare
from convener.errors import InvalidError, Problem
from convener.rulesets import client_ids, load_client

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
_CLIENT = (HERE / "rulesets" / "bad-share.toml").read_text(encoding="utf-8").partition("[rules.enough]")[0]
_MISTYPED = '[rules.enough]\nkind = "quorum"\nflexibility = "inflexible"\nmembres = "75%"\n'
HOSTILE: dict[str, bytes] = {
    "hostile-mark": b"\xef\xbb\xbf" + (_CLIENT + _MISTYPED).encode(),
    "hostile-latin-1": _CLIENT.replace("Harbour", "Häfen").encode("latin-1"),
    "hostile-utf-16": _CLIENT.encode("utf-16"),
    "hostile-nul": _CLIENT.replace("Harbour", "Har\x00bour").encode(),
    "hostile-size": _CLIENT.encode() + b"# nothing to see here\n" * 14_000,
    "hostile-dots": f"{_CLIENT}{'.'.join('a' * 20_000)} = 1\n".encode(),
    "hostile-brackets": f"{_CLIENT}x = {'[' * 50_000}\n".encode(),
    "hostile-tables": f"{_CLIENT}[{'.'.join('a' * 40)}]\n".encode(),
    "hostile-braces": f"{_CLIENT}x = {'{ a = ' * 5_000}1{' }' * 5_000}\n".encode(),
    "hostile-number": _CLIENT.replace("count = 6", f"count = {'9' * 5_000}").encode(),
    "hostile-hexadecimal": _CLIENT.replace("count = 6", f"count = 0x{'f' * 60}").encode(),
    "hostile-key": f'{_CLIENT}"{"k" * 50_000}" = 1\n'.encode(),
    "hostile-text": _CLIENT.replace('"Pilot"', f'"""{"x" * 5_000}').encode(),
    "hostile-escape": _CLIENT.replace('"Pilot"', '"\\ud800"').encode(),
    "hostile-crowd": (_CLIENT + "".join(f'[rules.r{n}]\nkind = "quorom"\n' for n in range(4_000))).encode(),
    "hostile-clause": (
        _CLIENT
        + '[automations.nudge]\non = "session.held"\nfor_each = "participant"\ndo = { flag = "odd" }\n'
        + f'when = ["{"(" * 5_000}true{")" * 5_000}"]\n'
    ).encode(),
    "empty": b"",
}
"""Files of bytes by client."""


def build(folder: Path) -> Path:
    """Lay the whole corpus into the empty *folder*, a workspace, and return it."""
    shutil.copytree(HERE / "rulesets", folder / "rulesets")
    shutil.copy(HERE / "config.toml", folder)
    for client, content in HOSTILE.items():
        (folder / "rulesets" / f"{client}.toml").write_bytes(content)
    return folder


def problems_of(workspace: Path, client: str) -> list[Problem]:
    """Return every problem of *client*: of its files, and of the moments and conditions of what they load."""
    loaded = load_client(workspace, client)
    found = set(loaded.problems)
    for ruleset in loaded.rulesets:
        try:
            found.update(prepare(ruleset).warnings)
        except InvalidError as error:
            found.update(error.problems)
    return sorted(found, key=lambda problem: (problem.place, problem.code, problem.message))


def told(problems: list[Problem]) -> str:
    """Return *problems* as a golden file has them.

    What Python's own TOML reader says of a broken file is left out: it differs from version to version.
    """
    kept = [replace(each, message="…") if each.code == "toml-syntax" else each for each in problems]
    return "".join(f"{problem.severity} {problem.code} {problem}\n" for problem in kept)


def main() -> int:
    """Write every golden file; return 1 when a client has nothing wrong."""
    shutil.rmtree(GOLDEN, ignore_errors=True)
    GOLDEN.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        workspace = build(Path(folder) / "corpus")
        for client in client_ids(workspace):
            (GOLDEN / f"{client}.txt").write_text(told(problems_of(workspace, client)), encoding="utf-8")
    sound = [path.stem for path in GOLDEN.iterdir() if "error " not in path.read_text(encoding="utf-8")]
    sys.stderr.writelines(f"nothing is wrong with {client}\n" for client in sorted(sound))
    return int(bool(sound))


if __name__ == "__main__":
    sys.exit(main())
