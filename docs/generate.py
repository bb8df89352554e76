"""Write the reference pages from the code they describe: `make docs`, or with --check tell which are out of date."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from writers import clauses, cli, contracts, errors, files, language, messages, rosters, rules, scenarios, watching

REFERENCE = Path(__file__).parent / "reference"
HEADER = "<!-- Written by docs/generate.py from the code; `make docs` writes it again. -->\n\n"
PAGES: Mapping[str, Callable[[], str]] = {
    "cli.md": cli.page,
    "rule-files.md": files.rule_files,
    "rosters.md": rosters.page,
    "settings.md": files.settings,
    "rule-kinds.md": rules.page,
    "automations.md": language.automations,
    "clauses.md": clauses.page,
    "facts.md": language.facts,
    "events.md": language.events,
    "test-files.md": scenarios.page,
    "messages.md": messages.page,
    "hooks.md": contracts.page,
    "errors.md": errors.page,
    "watching.md": watching.page,
}
"""What writes each page."""


def main(arguments: list[str]) -> int:
    """Write every page, or with `--check` say which differ; return 1 when one does."""
    check = arguments == ["--check"]
    stale: list[str] = []
    REFERENCE.mkdir(exist_ok=True)
    for name, write in PAGES.items():
        path = REFERENCE / name
        text = HEADER + write().rstrip() + "\n"
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.write_text(text, encoding="utf-8")
    word = "out of date" if check else "written"
    sys.stderr.writelines(f"{word}: docs/reference/{name}\n" for name in stale)
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
