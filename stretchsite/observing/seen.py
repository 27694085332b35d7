"""What an answer is counted as: said where it is made, and kept with it where it is answered from memory.

It stands in the request's ``environ``, which Django, the page cache and whoever counts have in common.
"""

from __future__ import annotations

from typing import Any

#: The primary key of the public page that is answered; the name of the address, never the address itself.
PAGE, ROUTE = "stretchsite.page", "stretchsite.route"
_BOTH = (PAGE, ROUTE)


def seen_in(environ: dict[str, Any]) -> dict[str, Any]:
    """What was said of this answer."""
    return {name: environ[name] for name in _BOTH if name in environ}
