"""What is known of a share link in the moment it is made, and never again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sharing import code_keys

if TYPE_CHECKING:
    from sharing.models.links import ShareLink


class Issued(NamedTuple):
    """A new link and its token."""

    link: ShareLink
    token: str

    @property
    def code(self) -> str:
        """The code to type in place of the address; empty where links have none."""
        return code_keys.code_for(self.token)
