"""The WSGI entry point; production settings unless told otherwise."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stretchsite.settings.production")

application = get_wsgi_application()

# What the site is made of lives as long as the process: no use looking through it for garbage with every few requests.
gc.collect()
gc.freeze()
