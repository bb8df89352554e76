"""Look into a built wheel: what it brings, and what it must not.

Run as `contents.py WHEEL REPOSITORY`; prints what is wrong and exits 1, or says how many files it found.
"""

import re
import sys
import zipfile
from pathlib import Path

TOP = re.compile(r"^(convener|convener_[a-z]+|convener-[\d.a-z]+\.dist-info)$")
STRAY = re.compile(r"(^|/)(tests?|bench|docs|var|\.[^/]+|__pycache__)/|\.pyc$")
CARRIED = {"rulesets": "*.toml", "templates": "*", "data": "*.csv"}


def wrong(names: set[str], root: Path) -> list[str]:
    """Return what is wrong with a wheel of these *names*, built from *root*."""
    found = [f"does not belong here: {name}" for name in sorted(names) if not TOP.match(name.partition("/")[0])]
    found += [f"does not belong here: {name}" for name in sorted(names) if STRAY.search(name)]
    wanted = {"convener/_bundled/config.example.toml", "convener/py.typed"}
    for folder, pattern in CARRIED.items():
        files = [path for path in (root / folder).rglob(pattern) if path.is_file()]
        wanted |= {f"convener/_bundled/{path.relative_to(root).as_posix()}" for path in files}
    for source in ("core", "plugins"):
        modules = [path for path in (root / source).rglob("*.py") if "__pycache__" not in path.parts]
        wanted |= {path.relative_to(root / source).as_posix() for path in modules}
    return found + [f"is missing: {name}" for name in sorted(wanted - names)]


def main(wheel: str, root: str) -> int:
    """Print what is wrong with *wheel* and return 1, or 0 when all is well."""
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    faults = wrong(names, Path(root))
    sys.stdout.write("".join(f"{fault}\n" for fault in faults) or f"{len(names)} files, all as they should be\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
