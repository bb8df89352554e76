#!/usr/bin/env bash
# Build the sdist and from it the wheel, look into the wheel, then run the tests against it with the sources away:
# all but those that look at the checkout and the few that are named below.
# Needs nothing but a set-up checkout (`make setup`); everything it makes lies in a temporary folder and in dist/.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
python=$root/.venv/bin/python
uv=$root/.venv/tool/bin/uv
[ -x "$uv" ] || uv=$(command -v uv)
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

echo "== sdist, and the wheel from that sdist"
rm -rf "$root/dist"
"$uv" build --quiet --python "$python" --out-dir "$root/dist" "$root"
wheel=$(ls "$root"/dist/convener-*.whl)

echo "== contents of $(basename "$wheel")"
"$python" "$root/tests/packaging/contents.py" "$wheel" "$root"

echo "== a fresh environment with the wheel, its extras and the tests' libraries"
"$python" -m venv "$room/venv"
"$uv" export --quiet --locked --project "$root" --all-extras --no-default-groups --group tests \
    --no-hashes --no-emit-project --output-file "$room/libraries.txt" >"$room/export.log"
"$uv" pip install --quiet --python "$room/venv/bin/python" -r "$room/libraries.txt"
"$uv" pip install --quiet --python "$room/venv/bin/python" --no-deps "$wheel"

echo "== the tests, where no source can answer"
mkdir "$room/away"
cp -r "$root/tests" "$root/pyproject.toml" "$room/away/"
rm -rf "$room/away/tests/docs" # the pages it looks at are not in the wheel
carried=$(echo "$room"/venv/lib/python3*/site-packages/convener/_bundled)
cp -r "$carried/." "$room/away/" # the example workspace, as the wheel brings it
cd "$room/away"
left_out=( # slow, and about the code alone, which `make test` has just run: they read no file that a wheel could lack
    --ignore=tests/unit/planning             # searches and their proofs
    --ignore=tests/unit/decide               # pure functions
    --ignore=tests/unit/expressions          # likewise
    --ignore=tests/unit/store                # the database, which every other test opens
    --ignore=tests/integration/store         # processes that race, and die, at one database
    --ignore=tests/unit/engines              # workers; tests/integration has two of them at work
    --ignore=tests/chaos                     # whatever is killed, broken or moved
    --ignore=tests/unit/operations/demo/test_play.py # a whole year
)
PYTHONPATH='' "$room/venv/bin/python" -m pytest -q -n auto --dist worksteal -p no:cacheprovider -m "not checkout" \
    "${left_out[@]}" "$@"
