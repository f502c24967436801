#!/bin/sh
# Make the virtual environment and install the named requirements, each only where something changed.
#   venv.sh NAME...     installs requirements/NAME.txt; PYTHON chooses the interpreter, VENV the place
set -eu
cd "$(dirname "$0")/.."
venv=${VENV:-.venv}

refuse() {
    printf '%s\n' "$1" >&2
    exit 1
}

runs() { command -v "$1" >/dev/null 2>&1 && "$1" -c '' >/dev/null 2>&1; }
is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; }
is_complete() { "$1" -c 'import ensurepip, sqlite3, venv' >/dev/null 2>&1; }
version_of() { "$1" -c 'import platform; print(platform.python_version())'; }

# The interpreter to build with: PYTHON where given, else the first that runs and is new enough.
choose_python() {
    newest_seen=
    incomplete=
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- python3.13 python3.12 python3.11 python3 python; fi
    for candidate; do
        runs "$candidate" || continue
        newest_seen=${newest_seen:-$(version_of "$candidate")}
        is_new_enough "$candidate" || continue
        if is_complete "$candidate"; then
            python=$candidate
            return
        fi
        incomplete=${incomplete:-$candidate}
    done
    explain_no_python
}

explain_no_python() {
    [ -z "$incomplete" ] || refuse "$incomplete lacks its venv or sqlite3 module: install them (Debian: apt install python3-venv) or choose another Python with PYTHON=/path/to/python3."
    [ -z "$newest_seen" ] || refuse "Python 3.11 or newer is needed and this is Python $newest_seen: install a newer one or choose it with PYTHON=/path/to/python3."
    [ -z "${PYTHON:-}" ] || refuse "Python 3.11 or newer is needed and PYTHON=$PYTHON does not run."
    refuse "Python 3.11 or newer is needed and none was found: install it or choose it with PYTHON=/path/to/python3."
}

environment_serves() {
    [ -x "$venv/bin/pip" ] && "$venv/bin/python" -c '' >/dev/null 2>&1 || return 1
    [ -z "${PYTHON:-}" ] || grep -qx "version = $(version_of "$PYTHON")" "$venv/pyvenv.cfg"
}

make_environment() {
    "$python" -m venv --clear "$venv" >/dev/null 2>&1 ||
        refuse "The virtual environment cannot be made in $venv: is the folder writable, and is there room? VENV=/some/folder moves it."
}

install() {
    cmp -s "requirements/$1.txt" "$venv/installed-$1.txt" && return
    echo "Requirements: installing $1.txt, a minute or so the first time."
    "$venv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --no-compile \
        -r "requirements/$1.txt" ||
        refuse "The requirements in requirements/$1.txt could not be installed: see what pip said above."
    # On all cores, where pip compiles on one; what cannot be compiled is never imported.
    "$venv/bin/python" -m compileall -q -j 0 "$venv/lib" >/dev/null 2>&1 || :
    cp "requirements/$1.txt" "$venv/installed-$1.txt"
    changed=yes
}

if [ -n "${PYTHON:-}" ] || ! environment_serves; then
    choose_python
fi
environment_serves || make_environment
echo "Python: $(version_of "$venv/bin/python")."
changed=
for name; do
    install "$name"
done
if [ -n "$changed" ]; then echo "Requirements: installed."; else echo "Requirements: unchanged."; fi
