"""The production settings for a site that is tried in a temporary folder; static files keep their names, unhashed."""

from tools.bench.settings import *  # noqa: F403  (Django's way of one settings file building on another)
from tools.bench.settings import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
