"""The registration of the library's loader with Django."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Exercises, routines and notes as files: read, checked and written as pages."""

    name = "library"
    verbose_name = "Library"

    def ready(self) -> None:
        """A withdrawal is in the next version of this site's pack at once."""
        from clinical.audit.audit_entries import register_listener
        from library.packs.hearing import hear

        register_listener(hear)
