"""The ground floor's registration with Django."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate, pre_migrate


def make_triggers_anew(using: str, **kwargs: Any) -> None:
    """After every ``migrate``: SQLite forgets the triggers of a table that Django remakes."""
    from clinical.audit.triggers import make_triggers

    make_triggers(using)


def remember_the_policy(using: str, **kwargs: Any) -> None:
    """After every ``migrate``: that it takes another number of people than before is put on record.

    Not before there is an audit: part of a new database can be migrated by itself.
    """
    from clinical.audit.audit_entries import AuditEntry
    from clinical.publishing.review_policy import remember_policy

    if using == DEFAULT_DB_ALIAS and AuditEntry._meta.db_table in connections[using].introspection.table_names():
        remember_policy()


class ClinicalConfig(AppConfig):
    """What must be true of anything a patient reads."""

    name = "clinical"
    verbose_name = "Clinical"

    def ready(self) -> None:
        """Register the checks, what is put on record, who is written to, and what is done after every migration.

        From here on no chooser of the admin writes a script into a page, every text field is asked for characters
        nobody sees, and Pillow opens nothing beyond our limits.
        """
        from clinical import audit_receivers, checks  # noqa: F401  (importing it registers the checks)
        from clinical.admin.comparing import compare_in_words
        from clinical.admin.widgets import start_choosers_by_data
        from clinical.people.second_factor import no_sign_in_without_it
        from clinical.pictures.intake import limit_pillow
        from clinical.publishing.addressed import guard_slugs
        from clinical.review.own_work import touched_as_writer
        from clinical.review.reviewing import connect_mail
        from clinical.versions import refuse_older_databases
        from clinical.withdrawal.impact import register_concern, register_touch
        from clinical.withdrawal.telling import concerned_as_writers
        from clinical.withdrawal.withdrawing import concerned_as_copyists
        from clinical.words.legible import ask_every_field

        audit_receivers.connect()
        compare_in_words()
        connect_mail()
        register_concern(concerned_as_writers)
        register_touch(touched_as_writer)
        register_concern(concerned_as_copyists, of_harm=True)
        ask_every_field()
        limit_pillow()
        start_choosers_by_data()
        user_logged_in.connect(no_sign_in_without_it, dispatch_uid="clinical.no_sign_in_without_it")
        pre_migrate.connect(refuse_older_databases, sender=self, dispatch_uid="clinical.refuse_older_databases")
        post_migrate.connect(make_triggers_anew, sender=self, dispatch_uid="clinical.make_triggers_anew")
        post_migrate.connect(remember_the_policy, sender=self, dispatch_uid="clinical.remember_the_policy")
        post_migrate.connect(guard_slugs, sender=self, dispatch_uid="clinical.guard_slugs")
