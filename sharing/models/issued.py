"""What is known of a share link in the moment it is made, and never again."""

from __future__ import annotations

from typing import Any, NamedTuple

from sharing import code_keys


class Issued(NamedTuple):
    """A new link (``sharing.models.ShareLink``, which makes this) and its token."""

    link: Any
    token: str

    @property
    def code(self) -> str:
        """The code to type in place of the address; empty where links have none."""
        return code_keys.code_for(self.token)
