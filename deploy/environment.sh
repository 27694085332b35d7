# Read by release.sh and backup.sh, not run: where the site is, and its environment as systemd reads it.
# shellcheck shell=bash

# The folder of the site. Another one for a trial.
site=${STRETCHSITE:-/srv/stretchsite}

# Whatever is wrong is said once, and is the end.
refuse() {
    printf '%s\n' "$*" >&2
    exit 1
}

# What it writes belongs to whom the folder of the site belongs to: made by root, the services could not read or write it.
# Root may in a folder of its own, for a trial.
refuse_root() {
    local owner
    [ "$(id -u)" = 0 ] || return 0
    owner=$(stat --format %U "$site" 2>/dev/null || true)
    [ "$owner" != root ] || [ -z "${STRETCHSITE:-}" ] || return 0
    [ -n "$owner" ] && [ "$owner" != root ] || owner=stretchsite
    refuse "Not as root: what this makes could not be read by the site. As its account: sudo -u $owner $0${*:+ $*}"
}

# Each line NAME=value of the file, with or without single quotes around the value, as systemd reads it too. Nothing in it
# is carried out, so that a password may hold any sign; a line that is none of this is named and refused.
read_environment() {
    local line name value
    # In a container the environment is there, and no file.
    [ -e "$site/environment" ] || [ -z "${SECRET_KEY:-}" ] || return 0
    [ -r "$site/environment" ] || refuse "There is no $site/environment that $(id -un) can read: copy environment.example."
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line%$'\r'}
        [[ -n $line && $line != [#\;]* ]] || continue
        [[ $line =~ ^([A-Z][A-Z0-9_]*)=(.*)$ ]] ||
            refuse "$site/environment: write NAME=value, one a line, without export; not: ${line%%=*}"
        name=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
        [[ $value != \"* ]] || refuse "$site/environment: write $name in single quotes, or in none."
        if [[ $value =~ ^\'(.*)\'$ ]]; then
            value=${BASH_REMATCH[1]}
        fi
        export "$name=$value"
    done <"$site/environment"
}
