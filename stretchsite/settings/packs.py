"""The signed pack this site publishes, and those of others it follows.

| setting | from the environment | default |
|---|---|---|
| ``PACK_ID`` | the id of this site's pack, such as ``riverside`` | none is published |
| ``PACK_LICENCE`` | under which others may use it, such as ``CC BY 4.0`` | all rights reserved |
| ``PACK_SIGNING_KEY`` | what it is signed with, as ``make_pack_keys`` prints it | none is published |
| ``PACK_PUBLISHERS`` | ``id=https://…/pack.zip|public key``, separated by commas | nobody is followed |
"""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

from stretchsite.settings.environment import given, listed
from stretchsite.settings.pack_faults import pack_faults

__all__ = ["PACK_ID", "PACK_LICENCE", "PACK_PUBLISHERS", "PACK_SIGNING_KEY"]

if _faults := list(pack_faults(os.environ)):
    raise ImproperlyConfigured("\n".join(_faults))

PACK_ID = given(os.environ, "PACK_ID")
PACK_LICENCE = given(os.environ, "PACK_LICENCE") or "All rights reserved"
PACK_SIGNING_KEY = given(os.environ, "PACK_SIGNING_KEY")
PACK_PUBLISHERS = listed(os.environ, "PACK_PUBLISHERS")
