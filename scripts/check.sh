#!/bin/sh
# Lint, formats, types, migrations and production settings; every check is run, and any failure counts.
#   check.sh           look only
#   check.sh format    put Python and templates into their format
set -u
cd "$(dirname "$0")/.."
bin="$PWD/${VENV:-.venv}/bin"
case ${VENV:-} in /*) bin=$VENV/bin ;; esac
python=$bin/python
failed=

templates() { find templates -name '*.html' -exec "$bin/djade" --target-version 5.2 "$@" {} +; }

if [ "${1:-}" = format ]; then
    "$python" -m ruff check --fix --quiet .
    "$python" -m ruff format .
    templates
    exit
fi

check() {
    printf '\n-- %s\n' "$1"
    shift
    "$@" || failed=yes
}

upgraded() { find debate scripts tests benchmarks -name '*.py' -not -path '*/migrations/*' -exec "$python" -m django_upgrade --check --target-version 5.2 --skip request_headers --skip test_http_headers {} +; }

deployable() (
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    secret=$("$python" -c 'import secrets; print(secrets.token_urlsafe(64))')
    VAR_DIR=$folder SECRET_KEY=$secret ALLOWED_HOSTS=ten-years.example DEBUG=false \
        "$python" manage.py check --deploy --fail-level WARNING
)

merged_whole() { ! grep -rnE '^(<{7}|>{7}) ' --include='*.md' --include='*.html' --include='*.txt' --include='*.yaml' --include='*.css' --include='*.js' . --exclude-dir=.git --exclude-dir=.venv --exclude-dir=var; }

check 'no marks of a merge' merged_whole
check 'ruff' "$python" -m ruff check --output-format concise .
check 'ruff format' "$python" -m ruff format --check --output-format concise .
check 'djade' templates --check
check 'django-upgrade' upgraded
check 'mypy --strict' "$python" -m mypy
check 'manage.py makemigrations --check' "$python" manage.py makemigrations --check --dry-run
check 'manage.py check --deploy' deployable

[ -z "$failed" ]
