"""What a share link keeps of its token, and by which keys: never the token, never a key.

A key is known by its name (:func:`sharing.tokens.key_id`), so that somebody who has restored a database is told which
links nobody can open with the keys that are there. A link from before keys had names has none, and gets none later: its
name cannot be made without its token, which only its patient has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from sharing import code_keys, tokens


class SignedMixin(models.Model):
    """Abstract: the digest of a token and of its code, and which keys made them."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    key_id = models.CharField(max_length=tokens.KEY_ID_LENGTH, blank=True, default="", editable=False)
    code_key_id = models.CharField(max_length=tokens.KEY_ID_LENGTH, blank=True, default="", editable=False)

    class Meta:
        abstract = True

    def in_journal(self) -> dict[str, str]:
        """What the journal knows it by: what the database keeps in place of its token."""
        return {"link": self.digest}


def signed(token: str) -> dict[str, Any]:
    """What a link that is made now keeps of its token, by the first of the keys."""
    digest = code_keys.digest_for(token)
    return {
        "digest": tokens.digest(token, settings.SHARE_LINK_KEYS[0]),
        "key_id": tokens.key_id(settings.SHARE_LINK_KEYS[0]),
        "code_digest": digest,
        "code_key_id": tokens.key_id(settings.SHARE_CODE_KEYS[0]) if digest else "",
    }


def key_ids(keys: Sequence[str]) -> list[str]:
    """The names of these keys, in their order."""
    return [tokens.key_id(key) for key in keys]


def without_their_keys(links: QuerySet[Any]) -> tuple[int, int]:
    """How many of these that have not ended were signed by a key that is not here, and how many codes were. One query.

    Links without a name of their key are not counted: nobody can tell.
    """
    absent = ~Q(key_id__in=["", *key_ids(settings.SHARE_LINK_KEYS)])
    codes_absent = ~Q(code_key_id__in=["", *key_ids(settings.SHARE_CODE_KEYS)])
    found = links.filter(revoked_at__isnull=True, expires_at__gt=timezone.now()).aggregate(
        links=Count("pk", filter=absent), codes=Count("pk", filter=codes_absent & ~absent)
    )
    return found["links"], found["codes"]
