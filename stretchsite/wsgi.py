"""The WSGI entry point: the page cache in front, counting round both; production settings unless told otherwise."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stretchsite.settings.production")

_django = get_wsgi_application()

from stretchsite.observing.watching import watched  # noqa: E402  (it needs the settings and the models)
from stretchsite.page_cache.front import in_front_of  # noqa: E402  (as above)

application = watched(in_front_of(_django))

# What the site is made of lives as long as the process: no use looking through it for garbage with every few requests.
gc.collect()
gc.freeze()
