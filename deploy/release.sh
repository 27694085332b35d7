#!/usr/bin/env bash
# A version of the site in a folder of its own, and the way from one to the next and back. Run as the account of the site.
#
#     release.sh install ARCHIVE     a tar archive of the code, or a folder with it
#     release.sh back                to the release before; the database stays as it is
#
# In /srv/stretchsite (STRETCHSITE says another place) are then: releases, a folder for each, of which the newest four
# stay; "code", which leads to the one that is served; "former", to the one before. What is not code (environment, data,
# media, journal, backups) lies beside them and is never touched.
#
# Everything is made ready while the former release goes on serving. Then "code" leads to the new one in one step, and
# the processes of the site end one after another and are started anew by systemd; the next only once the one before
# says that it is ready. Nothing of this needs root.
#
#     PORTS="8000 8001"     of the processes; empty to start nothing anew, such as the first time
#     RESTART=program       in place of systemd: called with the port of each, or "tasks"; returns when it has ended
#     VENV=folder           an environment that is there, in place of a new one made of the lock file
#     PYTHON=program        with which to make a new one
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck source-path=SCRIPTDIR source=environment.sh
. "$here/environment.sh"

ports=${PORTS-8000 8001}
ready_seconds=90

say() { printf '    %s\n' "$*"; }
manage() { (cd "$release" && .venv/bin/python manage.py "$@"); }
leads_to() { readlink -f "$site/$1" || true; }

# A name that leads to another folder from one moment to the next: never to none.
lead() {
    ln -sfn "$2" "$site/$1.next"
    mv -T "$site/$1.next" "$site/$1"
}

# The code in a folder named after its version and the moment. An environment knows its place, so the folder has its
# last name before there is one.
unpack() {
    local source=$1 version
    mkdir -p "$site/releases"
    release=$(mktemp -d "$site/releases/.unfinished.XXXXXX")
    chmod 755 "$release"
    if [ -d "$source" ]; then
        tar -C "$source" --exclude=./.venv --exclude=./.git -cf - . | tar -xf - -C "$release"
    else
        tar -xf "$source" -C "$release"
    fi
    version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$release/stretchsite/__init__.py")
    [ -n "$version" ] || refuse "$source holds no version of the site."
    version=$site/releases/$version-$(date -u +%Y%m%dT%H%M%SZ)
    mv -T "$release" "$version"
    release=$version
}

make_environment() {
    if [ -n "${VENV:-}" ]; then
        ln -s "$(readlink -f "$VENV")" "$release/.venv"
        return
    fi
    (
        cd "$release"
        tools/make_environment.sh
        .venv/bin/python -m pip install --quiet --require-hashes --requirement requirements.lock
    )
}

# All that is missing or wrong, before a minute goes by in which packages are installed. Python alone is needed for it. An
# older release, which cannot say it so soon, says it when its settings are read.
settings_are_whole() {
    local name asked="$release/stretchsite/settings/environment.py"
    [ -e "$asked" ] || return 0
    for name in "${PYTHON:-none}" python3.11 python3.12 python3.13 python3; do
        command -v "$name" >/dev/null || continue
        "$name" -I "$asked" ||
            refuse "Mend that in $site/environment, and begin again."
        return 0
    done
}

# Files with names of the former release stay for pages that were opened before, for a month after they were made.
keep_former_files() {
    local former
    former=$(leads_to code)
    if [ -d "$former/static_collected" ]; then
        (cd "$former/static_collected" && find . -type f -mtime -31 -exec cp -np --parents {} "$release/static_collected" \;)
    fi
}

# Ends a process of the site, which systemd starts anew.
end() {
    local unit=stretchsite@$1 was now
    if [ -n "${RESTART:-}" ]; then
        "$RESTART" "$1"
        return
    fi
    [ "$1" != tasks ] || unit=stretchsite-tasks
    was=$(systemctl show --property MainPID --value "$unit")
    if [ "$was" = 0 ]; then
        # One that ends as soon as it begins, such as of a broken release, is between two attempts; the next takes "code".
        now=$(systemctl show --property ActiveState --value "$unit")
        [ "$now" = activating ] || refuse "$unit is not running: systemctl enable --now $unit, and begin again."
        return 0
    fi
    kill -TERM "$was" 2>/dev/null || return 0  # it has just ended by itself
    # The worker may take its time over the task in hand.
    [ "$1" != tasks ] || return 0
    for ((waited = 0; waited < 60; waited++)); do
        now=$(systemctl show --property MainPID --value "$unit")
        [ "$now" = "$was" ] || [ "$now" = 0 ] || return 0
        sleep 1
    done
    refuse "$unit was not started anew."
}

wait_until_ready() {
    local port=$1 answer=
    for ((waited = 0; waited < ready_seconds * 5; waited++)); do
        if answer=$(curl --silent --fail --max-time 5 --header "Host: ${ALLOWED_HOSTS%%,*}" \
            --header 'X-Forwarded-Proto: https' "http://127.0.0.1:$port/readyz"); then
            say "port $port: $answer"
            return
        fi
        sleep 0.2
    done
    refuse "Port $port is not ready. The others still serve the release before: look at the log, or: $0 back"
}

start_anew() {
    local port
    for port in $ports; do
        end "$port"
        wait_until_ready "$port"
    done
    [ -z "$ports" ] || end tasks
}

# What is kept lies beside the releases: in one of them it would be left behind, and in the end removed with it.
beside_the_code() {
    [[ -n ${S3_BUCKET:-} || ${MEDIA_ROOT:-} == /* && $MEDIA_ROOT != "$site"/releases/* && $MEDIA_ROOT != "$site"/code/* ]] ||
        refuse "Set MEDIA_ROOT in $site/environment to a folder beside the releases, such as $site/media."
    [[ ${DATABASE_URL:-} != sqlite:* || $DATABASE_URL == sqlite:////* ]] ||
        refuse "DATABASE_URL in $site/environment: a file takes four slashes, such as sqlite:///$site/data/db.sqlite3."
    [[ -z ${JOURNAL_FILE:-} || $JOURNAL_FILE == /* ]] ||
        refuse "Set JOURNAL_FILE in $site/environment to a whole path, such as $site/journal/journal.jsonl."
}

# One at a time, and only where "code" is a name and no folder, as guides before 0.3 had it.
begin() {
    refuse_root "$@"
    read_environment
    beside_the_code
    mkdir -p "$site/releases"
    exec 9>"$site/releases/.lock"
    flock -n 9 || refuse "Another release is being installed."
    [ -L "$site/code" ] || [ ! -e "$site/code" ] ||
        refuse "$site/code is a folder. Stop the site, mv $site/code $site/code-before, move what is kept in it \
(media, a database) beside it, and begin again."
}

# Where it stands when something failed: only the last step may leave the site between two releases.
say_how_far() {
    case $stage in
    made) rm -rf "$release" && say "NOT INSTALLED: the release before is served as it was." ;;
    migrated) rm -rf "$release" && say "NOT INSTALLED: the release before is served, but the database may be of the new \
version. Mend what is said above and install again, or bring back the backup." ;;
    led) say "NOT ALL ARE STARTED ANEW: \"code\" leads to $release. Look at the log; $0 back leads to the one before." ;;
    esac >&2
}

install() {
    local before
    begin install "$1"
    release=""
    stage=made
    trap say_how_far EXIT
    unpack "$1"
    say "$release"
    settings_are_whole
    make_environment
    manage check --deploy
    manage collectstatic --noinput --verbosity 0
    keep_former_files
    stage=migrated
    manage migrate --verbosity 0
    manage setup_site
    manage check --database default
    before=$(leads_to code)
    [ ! -e "$site/code" ] || lead former "$before"
    lead code "$release"
    stage=led
    start_anew
    trap - EXIT
    # The newest four stay, and the two that may be served.
    find "$site/releases" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -t - -k 2 -r | tail -n +5 |
        while IFS= read -r name; do
            [ "$name" != .lock ] || continue
            name=$(readlink -f "$site/releases/$name")
            [ "$name" = "$(leads_to code)" ] || [ "$name" = "$(leads_to former)" ] || rm -rf "$name"
        done
    say "served: $(basename "$release")"
}

back() {
    local was
    begin back
    [ -d "$site/former" ] || refuse "There is no release before this one."
    was=$(leads_to code)
    release=$(leads_to former)
    lead code "$release"
    lead former "$was"
    stage=led
    trap say_how_far EXIT
    start_anew
    trap - EXIT
    say "served: $(basename "$(leads_to code)")"
}

case "${1:-}:$#" in
install:2) install "$2" ;;
back:1) back ;;
*) sed -n '2,/^set/{s/^# \{0,1\}//;/^set/d;p}' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
