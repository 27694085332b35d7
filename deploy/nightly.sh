#!/usr/bin/env bash
# In a container, where there are no timers: a backup every night at 02:30 UTC, and one at once where there is none of the
# last day. One that fails is said in the log and tried again the night after.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck source-path=SCRIPTDIR source=environment.sh
. "$here/environment.sh"

refuse_root "$@"
trap 'exit 0' TERM
back_up() { "$here/backup.sh" || printf 'THERE IS NO BACKUP OF TONIGHT: look at what is said above.\n' >&2; }

[ -n "$(find "$site/backups" -mindepth 1 -maxdepth 1 -type d -name '20*T*Z' -mmin -1440)" ] || back_up
while true; do
    # In the background, so that whoever stops the container does not wait.
    sleep $((($(date -u -d 'tomorrow 02:30' +%s) - $(date -u +%s)) % 86400)) &
    wait $!
    back_up
done
