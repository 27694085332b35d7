"""Asking a publisher for its pack: a background task, only to an address the settings list, never a private network."""

from __future__ import annotations

import logging

from django.db import OperationalError
from django.utils.translation import gettext as _
from django_tasks import task

from clinical.background.queue import LATER
from library.models import Subscription
from library.packs.opening import MOST_PACK_BYTES, PackRefused, opened
from library.packs.publishers import publishers
from library.packs.receiving import contacted, failed, receive
from stretchsite.webhooks.posting import NotSent, get

logger = logging.getLogger(__name__)

#: How long a publisher may take to send all of it.
MOST_SECONDS = 120.0


@task(backend=LATER)
def contact(about: str, identifier: str) -> None:
    """Ask one publisher; what came of it stands beside its name. Nothing where the settings no longer permit it."""
    contact_now(identifier)


def contact_now(identifier: str) -> str:
    """The same at once; what came of it."""
    publisher = publishers().get(identifier)
    if publisher is None:
        return _("The settings permit no such publisher.")
    subscription, _is_new = Subscription.objects.get_or_create(identifier=identifier)
    try:
        content = get(publisher.address, most_bytes=MOST_PACK_BYTES, most_seconds=MOST_SECONDS)
        state = receive(subscription, opened(content, identifier=identifier, public_key=publisher.public_key))
    except NotSent as error:
        failed(subscription, _("No contact: %s") % error)
        return _("No contact: %s") % error
    except PackRefused as refused:
        failed(subscription, _("Refused: %s") % refused)
        return _("Refused: %s") % refused
    except OperationalError:  # the database is away: the queue tries the task again
        raise
    except Exception as error:  # whatever went wrong, the screen says so
        logger.exception("A pack could not be taken in.")
        failed(subscription, _("It went wrong: %s.") % type(error).__name__)
        return _("It went wrong: %s.") % type(error).__name__
    contacted(subscription, state)
    return state


def ask_all() -> int:
    """Ask for a task for each publisher the settings permit; how many there are."""
    for identifier in publishers():
        contact.enqueue(about=_("Ask publisher %s for its pack") % identifier, identifier=identifier)
    return len(publishers())
