"""Lets the site grow to a size, and says how to ask it: the last line of its output is for ``Site.told``.

python -m tools.bench_scale.grow 1000        in the environment of a site that ``fresh_site`` has built
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from tools.bench_scale import growing
from tools.bench_scale.questions import Site


def main(size: int) -> int:
    """Grow; the exit status."""
    growing.fill_trial_site(size)
    from exercises.models import ExerciseIndexPage

    print(json.dumps(asdict(Site(size, ExerciseIndexPage.objects.get().pk, _cookie()))))
    return 0


def _cookie() -> str:
    """That of somebody who may do everything, as a browser sends it."""
    from django.conf import settings
    from django.test import Client

    from clinical.models import User

    browser = Client()
    browser.force_login(User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("scale"))
    return f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
