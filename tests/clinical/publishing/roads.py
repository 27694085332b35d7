"""The roads by which a page may come to be live, each as a function, and what was said to whoever took one in vain.

Every road is handed a page that is in the tree. It answers with the sentences of the refusal; with none, the page
went through.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.contrib.messages import get_messages
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from clinical.models import PublishRefused, User
from clinical.publishing.gate import GatedMixin
from testing.editor import edit_address, errors_of, page_as_posted

Road = Callable[[Client, Any], list[str]]


def chief() -> User:
    """Somebody who may do everything."""
    return User.objects.filter(username="chief").first() or User.objects.create_superuser("chief")


def shell_publish(client: Client, thing: Any) -> list[str]:
    """``revision.publish()``, of a page or of a note."""
    return said_by(lambda: thing.get_latest_revision().publish())


def shell_save(client: Client, thing: Any) -> list[str]:
    """``live = True`` and ``save()``."""
    draft = thing.get_latest_revision_as_object()
    draft.live = True
    return said_by(draft.save)


def shell_save_unchecked(client: Client, page: Any) -> list[str]:
    """The same without the platform's own checks, as aliases and copies of whole trees are saved."""
    draft = page.get_latest_revision_as_object()
    draft.live = True
    return said_by(lambda: draft.save(clean=False))


def editor(client: Client, page: Any) -> list[str]:
    """The editor's own "Publish"."""
    user = chief()
    client.force_login(user)
    posted = page_as_posted(page.get_latest_revision_as_object(), user)
    response = client.post(edit_address(page), {**posted, "action-publish": "1"})
    if response.status_code == 200:
        return [f"{page.title}: {errors_of(response)}"]
    return messages_of(response)


def bulk(client: Client, page: Any) -> list[str]:
    """Ticked in a listing and published from the bar below it."""
    return _bulk(client, page, {})


def bulk_with_descendants(client: Client, page: Any) -> list[str]:
    """Carried along with the page above it."""
    return _bulk(client, page.get_parent(), {"include_descendants": "on"})


def schedule(client: Client, thing: Any) -> list[str]:
    """Due by the clock."""
    revision = thing.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save(update_fields=["approved_go_live_at"])
    with patch("django.core.management.base.OutputWrapper.write") as written:
        try:
            call_command("publish_scheduled")
        except CommandError:
            return [call.args[0] for call in written.call_args_list]
    return []


def copy(client: Client, page: Any) -> list[str]:
    """Copied, with "publish copies" ticked."""
    return _copy(client, page, {"publish_copies": "on"})


def alias(client: Client, page: Any) -> list[str]:
    """Made an alias of."""
    return _copy(client, page, {"alias": "on"})


def following_alias(client: Client, page: Any) -> list[str]:
    """An alias made while all was well, brought up to date with a page that is not well any more."""
    page.live = False
    page.create_alias(update_slug="follower")
    page.live = True
    return said_by(page.update_aliases)


#: Roads a draft may take. Its newest version is what would go live.
OF_A_DRAFT: dict[str, Road] = {
    "shell_publish": shell_publish,
    "shell_save": shell_save,
    "shell_save_unchecked": shell_save_unchecked,
    "editor": editor,
    "bulk": bulk,
    "bulk_with_descendants": bulk_with_descendants,
    "schedule": schedule,
}
#: Roads by which something live makes something else live.
OF_A_LIVE_PAGE: dict[str, Road] = {"copy": copy, "alias": alias, "following_alias": following_alias}


@contextmanager
def gate_asleep():
    """Lets a fault into the tables, as an older version of the rules or raw SQL would have."""
    with patch.object(GatedMixin, "refuse_or_pass"):
        yield


def said_by(step: Callable[[], Any]) -> list[str]:
    """What a step that is taken in code was refused for."""
    try:
        step()
    except PublishRefused as refused:
        return refused.sentences()
    return []


def _bulk(client: Client, page: Page, ticked: dict[str, str]) -> list[str]:
    client.force_login(chief())
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    response = client.post(f"{address}?id={page.pk}", ticked)
    assert response.status_code == 302
    return messages_of(response)


def _copy(client: Client, page: Page, ticked: dict[str, str]) -> list[str]:
    client.force_login(chief())
    posted = {"new_title": page.title, "new_slug": "the-copy", "new_parent_page": page.get_parent().pk, **ticked}
    response = client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), posted)
    assert response.status_code == 302
    return messages_of(response)


def messages_of(response: Any) -> list[str]:
    """What the person is told when it went wrong; the good news of a success is none."""
    return [str(message) for message in get_messages(response.wsgi_request) if message.level_tag == "error"]
