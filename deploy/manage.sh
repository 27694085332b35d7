#!/usr/bin/env bash
# manage.py of the release that is served, with the environment of the site, read as the services read it:
#
#     deploy/manage.sh createsuperuser
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck source-path=SCRIPTDIR source=environment.sh
. "$here/environment.sh"

refuse_root "$@"
read_environment
cd "$site/code"
exec .venv/bin/python manage.py "$@"
