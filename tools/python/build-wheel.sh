#!/usr/bin/env bash
# Builds the wheel of the Python package, with the C library in it.
#
#   tools/python/build-wheel.sh [--library PREFIX] [--output FOLDER] [--python PROGRAM]
#
# PREFIX is where tools/build-library.sh has installed the library; without, it is built. FOLDER is
# .build/python unless told. PROGRAM is python3; if it lacks setuptools 70.1, pip gets it.
set -euo pipefail

fail() { echo "build-wheel: $1" >&2; exit 1; }

library=
output=
python=python3
while [ $# -gt 0 ]; do
  case $1 in
    --library) library=$(cd "${2:?"--library needs a folder"}" && pwd); shift 2 ;;
    --output) output=${2:?"--output needs a folder"}; shift 2 ;;
    --python) python=${2:?"--python needs a program"}; shift 2 ;;
    *) fail "unknown argument $1; see the head of tools/python/build-wheel.sh" ;;
  esac
done
package=$(cd "$(dirname "$0")" && pwd)
root=$package/../..
mkdir -p "${output:=$root/.build/python}"
output=$(cd "$output" && pwd)
command -v "$python" >/dev/null || fail "$python is missing; install Python 3.10 or later"

if [ -z "$library" ]; then
  library=$root/.build/library/python
  "$root/tools/build-library.sh" --prefix "$library"
fi
[ -f "$library/lib/libsinglepath.so" ] || fail "there is no libsinglepath.so in $library/lib"

# What is built is a copy, so that nothing of it stays among the sources.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -r "$package" "$folder/package"
isolation=()
if "$python" -c 'import setuptools; exit(tuple(map(int, setuptools.__version__.split(".")[:2])) < (70, 1))' \
  2>/dev/null; then isolation=(--no-build-isolation); fi
rm -f "$output"/singlepath-*.whl
SINGLEPATH_LIBRARY=$library "$python" -m pip wheel --quiet --no-deps "${isolation[@]}" \
  --wheel-dir "$output" "$folder/package"
echo "$output"/singlepath-*.whl
