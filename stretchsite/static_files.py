"""How static files are named in production: by their content, also where one script imports another."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Names by content, which browsers may keep for good; imports between our scripts name them so too.

    Without it a script would ask for its neighbours by their plain names: not kept with it, and old after a release.
    """

    support_js_module_import_aggregation = True
