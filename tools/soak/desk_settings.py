"""Settings of the site at whose desk the trial of autosave is held: as in development, answering as it would live."""

import os
from pathlib import Path

from stretchsite.settings.dev import *  # noqa: F403  (Django's way of one settings file building on another)
from stretchsite.settings.dev import MIDDLEWARE, STORAGES

DEBUG = False
MEDIA_ROOT = Path(os.environ["SOAK_FOLDER"]) / "media"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Straight from the apps' folders, so that nothing has to be collected first.
MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware", *MIDDLEWARE]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
