"""Which keys make and know the codes to type; without a key there are none.

What is stored of a code is keyed twice: with the key of codes and with that of links, so that a link whose own key was
taken out opens by its code no more than by its address.
"""

from __future__ import annotations

from django.conf import settings

from sharing import codes, tokens


def are_on() -> bool:
    """Whether links have codes here."""
    return bool(settings.SHARE_CODE_KEYS)


def code_for(token: str) -> str:
    """The code of a link that is made now; empty where links have none."""
    return codes.code_of(token, settings.SHARE_CODE_KEYS[0]) if are_on() else ""


def digest_for(token: str) -> str | None:
    """What the link keeps of it."""
    code = code_for(token)
    return _stored(code, settings.SHARE_CODE_KEYS[0], settings.SHARE_LINK_KEYS[0]) if code else None


def digests(code: str) -> list[str]:
    """All that may be stored of this code; nothing, where none of the keys has sealed it."""
    keys = [key for key in settings.SHARE_CODE_KEYS if codes.is_sealed(code, key)]
    return [_stored(code, key, of_link) for key in keys for of_link in settings.SHARE_LINK_KEYS]


def code_behind(token: str, stored: str | None) -> str:
    """The code of a link that was opened by its token, which it has as long as it lives whatever key signs today.

    Empty where it has none: made before there were codes, or its key was taken out.
    """
    if not stored:
        return ""
    made = (codes.code_of(token, key) for key in settings.SHARE_CODE_KEYS)
    return next((code for code in made if stored in digests(code)), "")


def _stored(code: str, key: str, of_link: str) -> str:
    return tokens.digest(codes.digest(code, key), of_link)
