#!/bin/sh
# Makes sure that a working virtual environment lies in .venv, made with Python 3.11, 3.12, 3.13 or a newer one.
#
# An environment that works is kept; one that an interrupted run left half made is made anew. A Python that only
# pretends to be there (a version manager's stand-in, a Debian Python without its venv package) is passed over.
# PYTHON names one to try first: make run PYTHON=/path/to/python3.11
set -eu

folder=.venv

# Whether this program is a Python new enough and can make virtual environments.
suits() {
    "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

make_with() {
    printf '    a virtual environment in %s, with %s\n' "$folder" "$("$1" --version)"
    exec "$1" -m venv --clear "$folder"
}

if "$folder/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    exit 0
fi

if [ -n "${PYTHON:-}" ] && suits "$PYTHON"; then
    make_with "$PYTHON"
fi

for name in python3.11 python3.12 python3.13 python3 python; do
    IFS=:
    for place in $PATH; do
        if suits "$place/$name"; then
            make_with "$place/$name"
        fi
    done
done

printf '%s\n' '' \
    'Python 3.11, 3.12 or 3.13 is missing (or has no venv module). Nothing has been installed.' \
    'Please install one and try again: on Debian and Ubuntu the packages python3 and python3-venv,' \
    'elsewhere the installer from python.org. If it has another name: make run PYTHON=/path/to/python3.13' '' >&2
exit 1
