"""The production settings, for a site that lives in a temporary folder for as long as it is measured."""

import os
from pathlib import Path

from stretchsite.settings.production import *  # noqa: F403  (Django's way of one settings file building on another)

STATIC_ROOT = Path(os.environ["BENCH_FOLDER"]) / "static"
MEDIA_ROOT = Path(os.environ["BENCH_FOLDER"]) / "media"
