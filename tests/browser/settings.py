"""Settings of the site that the browser stories read: the tests' own, with files on a disk and static files served.

The database and the folder for uploaded files are named by the environment, so that each run has its own.
"""

import os
from pathlib import Path

from stretchsite.settings.test import *  # noqa: F403  (Django's way of one settings file building on another)
from stretchsite.settings.test import MIDDLEWARE, STORAGES

MEDIA_ROOT = Path(os.environ["STRETCHSITE_STORY_FOLDER"]) / "media"
OPENINGS_WRITTEN_AFTER_SECONDS = 1
RATE_COUNTS_FILE = None
STORAGES = {**STORAGES, "default": {"BACKEND": "clinical.serving.storage.WholeFiles"}}

# Straight from the apps' folders, so that nothing has to be collected first.
MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware", *MIDDLEWARE]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
