"""The front of house's registration with Django."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


def keep_nothing_meanwhile(using: str, plan: Any = (), **kwargs: Any) -> None:
    """Before a ``migrate`` that changes something: no process keeps a page until its triggers are there again."""
    from stretchsite.page_cache.move_triggers import keep_nothing_while_migrating

    if plan:
        keep_nothing_while_migrating(using)


def make_move_triggers_anew(using: str, **kwargs: Any) -> None:
    """After every ``migrate``: whatever changes what readers may see moves the generation."""
    from stretchsite.page_cache.move_triggers import make_triggers

    make_triggers(using)


class StretchsiteConfig(AppConfig):
    """What brings both libraries together."""

    name = "stretchsite"
    verbose_name = "Stretchsite"

    def ready(self) -> None:
        """Take deleted pages out of the search index, say what a withdrawal would reach here, and watch what changes.

        Importing the checks registers them.
        """
        from clinical.audit.audit_entries import register_listener
        from clinical.withdrawal import impact
        from stretchsite import checks, indexing  # noqa: F401  (importing the checks registers them)
        from stretchsite.models.reach import reach_in_front
        from stretchsite.webhooks.sending_changes import hear

        indexing.connect()
        impact.register_reach(reach_in_front)
        register_listener(hear)
        pre_migrate.connect(keep_nothing_meanwhile, sender=self, dispatch_uid="stretchsite.keep_nothing_meanwhile")
        post_migrate.connect(make_move_triggers_anew, sender=self, dispatch_uid="stretchsite.make_move_triggers")
