"""Pages whose address can be written down everywhere: in a link, on paper, in a code."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connections
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from clinical.platform import knows_its_parent, slug_is_free
from clinical.publishing.refusals import Refusal
from clinical.words.slugs import fits_an_address, refused_words, slugs_for

_TABLE = Page._meta.db_table
_NAME = "clinical_page_slug"


class AddressedForm(WagtailAdminPageForm):
    """The editor's form of a page; an empty slug is made from the title, where the form's script can make nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False


def give_slug(page: Any) -> None:
    """A slug made from the title in plain letters; the platform's own would leave nothing of a title in Greek."""
    if not page.slug and page.title and is_placed(page):
        parent = page.get_parent()
        page.slug = next(slug for slug in slugs_for(page.title) if _is_free(page, slug, parent))


def free_slug(title: str, beside: Any) -> str:
    """A slug for a new page of this title beside another."""
    parent, probe = beside.get_parent(), type(beside)()
    return next(slug for slug in slugs_for(title) if _is_free(probe, slug, parent))


def slug_refusal(page: Any) -> Refusal:
    """What is wrong with a page's slug; nothing of one that is still to be made."""
    if not page.slug:
        return {}
    if not fits_an_address(page.slug):
        return {"slug": [refused_words(page.slug)]}
    return {"slug": [_("The site itself answers at this address; write another.")]} if page.is_of_the_site() else {}


def refuse_slug(page: Any) -> None:
    """Raise ``ValidationError`` where no address can hold its slug."""
    if refusal := slug_refusal(page):
        raise ValidationError(refusal)


def is_placed(page: Any) -> bool:
    """Whether it is known below which page it stands."""
    return bool(page.path) or knows_its_parent(page)


def _is_free(page: Any, slug: str, parent: Any) -> bool:
    page.slug = slug
    return slug_is_free(slug, parent, page) and not page.is_of_the_site()


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
