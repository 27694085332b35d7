#!/usr/bin/env bash
# A backup into a folder named after the moment, of which the newest KEEP (14 when not said) stay.
#
#     backup.sh            run as the account of the site; the exit status says whether there is a backup
#
# Nothing older is removed when there is no new one. Move what it makes to another machine.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck source-path=SCRIPTDIR source=environment.sh
. "$here/environment.sh"

refuse_root "$@"
keep=${KEEP:-14}
[[ $keep =~ ^[1-9][0-9]*$ ]] || refuse "KEEP=$keep: write how many backups stay."
read_environment
umask 077
mkdir -p "$site/backups"
cd "$here/.."
.venv/bin/python manage.py backup "$site/backups/$(date -u +%Y-%m-%dT%H%M%SZ)"

# Only what has a name as above; the oldest first.
mapfile -t made < <(find "$site/backups" -mindepth 1 -maxdepth 1 -type d -name '20*T*Z' | sort)
for ((number = 0; number < ${#made[@]} - keep; number++)); do
    printf 'Removed: %s\n' "${made[number]}"
    rm -rf "${made[number]}"
done
