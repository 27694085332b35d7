"""Pages whose address can be written down everywhere: in a link, on paper, in a code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import connections
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from clinical.safety.parts import alone
from clinical.words.slugs import fits_an_address, refused_words, slugs_for

if TYPE_CHECKING:
    from django.http import HttpRequest

    from clinical.publishing.gate import Refusal

_TABLE = Page._meta.db_table
_NAME = "clinical_page_slug"


class AddressedForm(WagtailAdminPageForm):
    """The editor's form of a page; an empty slug is made from the title, where the form's script can make nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False


class AddressedMixin:
    """Mixed into a page: its slug is made from its title in plain letters, and any other slug is refused."""

    base_form_class = AddressedForm

    if TYPE_CHECKING:
        slug: str
        title: str
        path: str

        def get_parent(self) -> Any:
            """What the page gives."""

    def _set_core_field_defaults(self) -> None:
        """The platform's own would leave nothing of a title in Greek, Arabic or Chinese."""
        if not self.slug and self.title and self._is_placed():
            parent = self.get_parent()
            self.slug = next(s for s in slugs_for(self.title) if self._is_free(s, parent))
        super()._set_core_field_defaults()  # type: ignore[misc]  # mixed into a page

    def slug_refusal(self) -> Refusal:
        """What is wrong with the slug; nothing of one that is still to be made."""
        if not self.slug:
            return {}
        if not fits_an_address(self.slug):
            return {"slug": [refused_words(self.slug)]}
        return {"slug": [_("The site itself answers at this address; write another.")]} if self.is_of_the_site() else {}

    def is_of_the_site(self) -> bool:
        """Whether the site itself answers at the address this slug would give; the concrete class says."""
        return False

    def _is_free(self, slug: str, parent: Any) -> bool:
        self.slug = slug
        return Page._slug_is_available(slug, parent, self) and not self.is_of_the_site()

    def _is_placed(self) -> bool:
        return bool(self.path or getattr(self, "_cached_parent_obj", None))

    def clean(self) -> None:
        """Refuse a slug no address can hold, on whichever road it came."""
        super().clean()  # type: ignore[misc]  # mixed into a page
        self._refuse_slug()

    def minimal_clean(self) -> None:
        """The same of a draft."""
        super().minimal_clean()  # type: ignore[misc]  # mixed into a page
        self._refuse_slug()

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The platform's entries of the site map; a page whose entry cannot be made is left out of it."""
        make = partial(super().get_sitemap_urls, request)  # type: ignore[misc]  # mixed into a page
        return alone(f"entry in the site map “{self.title}”", make, [])

    def _refuse_slug(self) -> None:
        if refusal := self.slug_refusal():
            raise ValidationError(refusal)


def guard_slugs(using: str, **kwargs: Any) -> None:
    """Let the database refuse such slugs too: ``update()`` and shells skip all of the above.

    The column is the platform's, and SQLite forgets what is not in a model whenever the platform changes the table. So
    this is called after every ``migrate``, and changes nothing where all is in place.
    """
    connection = connections[using]
    if _TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        refused = "NEW.slug = '' OR NEW.slug GLOB '*[^-a-zA-Z0-9_]*'"
        return [
            f"CREATE TRIGGER IF NOT EXISTS {_NAME}_{name} BEFORE {event} ON {_TABLE} WHEN {refused} "
            f"BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {_NAME}'); END"
            for name, event in (("insert", "INSERT"), ("update", "UPDATE OF slug"))
        ]
    # Rows from before are the migration's business; this is asked of every row that is written from now on.
    return [
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = '{_NAME}') THEN "
        f"ALTER TABLE {_TABLE} ADD CONSTRAINT {_NAME} "
        "CHECK (slug COLLATE \"C\" ~ '^[-a-zA-Z0-9_]+$') NOT VALID; END IF; END $$"
    ]
