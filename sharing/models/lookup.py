"""From a token or code to its link, with all its page says of the routine: one question, of the columns it reads.

The link's own row is small. What costs is the routine beside it: its page has twice the columns a patient's page reads,
and two accounts stand behind it of which only a name and a role are anybody's business. So the columns are named here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import F, Q

from clinical.models import ClinicalPage, is_restricted, is_withdrawn
from exercises.frequency import FREQUENCY
from sharing import code_keys, codes, tokens
from sharing.models.links import ShareLink

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: What the routine's page knows besides its columns, by the names it looks for them under.
_BESIDE_COLUMNS = ("is_restricted", "is_withdrawn_now", *ClinicalPage.public_names())

_OF_LINK = (
    "routine_revision",
    "language",
    "created_at",
    "began_at",
    "expires_at",
    "revoked_at",
    "replaced_by",
    *FREQUENCY,
    "note",
    "mark",
    "code_digest",
)
_OF_ROUTINE = (
    "path",
    "locale",
    "live",
    "go_live_at",
    "expire_at",
    "live_revision",
    "alias_of",
    "title",
    "slug",
    "content_key",
    "origins",
    "purpose",
    "who_it_is_for",
    "check_first_concerns",
    "check_first_if",
    "evidence_summary",
    "dos",
    "donts",
    "review_state",
    "author",
    "reviewer",
    "reviewed_on",
    "review_due",
    "last_published_at",
    "from_library",
    "origin",
    "moments",
    *FREQUENCY,
    "weeks",
    "weeks_most",
    "expect_change",
    "see_someone",
    "advice",
    "chosen_despite",
)
_OF_PROGRAMME = ("content_key", "locale", "given_at", "weeks", "created_by")


def opened_by(secret: str) -> ShareLink | None:
    """The link this token or code opens, whichever key signed it, its routine with it; None where there is none.

    One query; none for what can be neither. Another column of the link or the routine may still be read; it costs a
    query of its own.
    """
    asked = _asked_for(secret)
    link = _question().filter(asked).first() if asked else None
    if link is not None:
        link.code = secret if codes.is_code(secret) else code_keys.code_behind(secret, link.code_digest)
        beside = {name: link.__dict__.pop(_on_link(name)) for name in _BESIDE_COLUMNS}
        maker = tuple(link.__dict__.pop(f"maker_{what}") for what in ("name", "role"))
        if link.programme:
            link.programme.maker = maker
        else:
            vars(link.routine).update(beside)
    return link


def _asked_for(secret: str) -> Q | None:
    """What the row must hold; None where no row can."""
    if tokens.is_token(secret):
        return Q(digest__in=tokens.digests(secret, settings.SHARE_LINK_KEYS))
    digests = code_keys.digests(secret) if codes.is_code(secret) else []
    return Q(code_digest__in=digests) if digests else None


def _on_link(name: str) -> str:
    return f"routine_{name}"


@cache
def _question() -> QuerySet[ShareLink]:
    """The question but for the secret. Only the question is remembered, never an answer."""
    beside: dict[str, Any] = {
        "is_restricted": is_restricted("routine__path"),
        "is_withdrawn_now": is_withdrawn("routine__content_key"),
        **{name: F(f"routine__{column.name}") for name, column in ClinicalPage.public_names().items()},
    }
    maker = {f"maker_{what}": F(f"programme__created_by__practitioner__{what}") for what in ("name", "role")}
    columns = (
        *(*_OF_LINK, "routine", "programme"),
        *(f"routine__{name}" for name in _OF_ROUTINE),
        *(f"programme__{name}" for name in _OF_PROGRAMME),
    )
    return (
        ShareLink.objects.select_related("routine", "programme")
        .only(*columns)
        .annotate(**{_on_link(name): value for name, value in beside.items()}, **maker)
        .order_by("pk")
    )
