"""One's own account, without a picture of oneself."""

from __future__ import annotations

from typing import Any

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel


class Account(AccountView):
    """The site shows no face of those who write it, but the photo a practitioner agreed to. So none is asked for here,
    and no file comes in this way.
    """

    def get_panels(self) -> list[Any]:
        """All of the platform's but the picture."""
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]


account = require_admin_access(Account.as_view())
