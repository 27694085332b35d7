"""What is written about what goes wrong, and in which form.

| setting | from the environment | default |
|---|---|---|
| ``LOG_FORMAT`` | ``text``: a line each; ``json``: an object each, for programs that collect logs | ``text`` |

Each record says of which request it is: the server in front sends a name for it as ``X-Request-ID`` (32 letters and
figures), or one is made up here. It is in no answer, since answers are kept for others.
"""

from __future__ import annotations

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured

__all__ = ["DJANGO_GUID", "LOGGING"]

_format = os.environ.get("LOG_FORMAT", "").strip().lower() or "text"
if _format not in {"text", "json"}:
    raise ImproperlyConfigured(f"LOG_FORMAT is “{_format}”: write text or json.")

DJANGO_GUID = {"GUID_HEADER_NAME": "X-Request-ID", "RETURN_HEADER": False, "EXPOSE_HEADER": False}
_OF_REQUEST = {"()": "stretchsite.logs.OfRequest", "correlation_id_field": "request_id"}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"require_debug_false": {"()": "django.utils.log.RequireDebugFalse"}, "of_request": _OF_REQUEST},
    "formatters": {
        "text": {
            "()": "stretchsite.logs.RedactingFormatter",
            "fmt": "{asctime} {levelname} {name} [{request_id}]: {message}",
            "style": "{",
        },
        "json": {"()": "stretchsite.logs.RedactingJson"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": _format, "filters": ["of_request"]},
        "mail_admins": {
            "class": "stretchsite.logs.RedactingMail",
            "level": "ERROR",
            "filters": ["require_debug_false"],
        },
    },
    "loggers": {
        "django": {"handlers": ["mail_admins"], "level": "INFO"},
        # Any program on the net may ask by any name; nobody is woken for it.
        "django.security.DisallowedHost": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
