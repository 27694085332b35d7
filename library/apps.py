"""The registration of the library's loader with Django."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Exercises, routines and notes as files: read, checked and written as pages."""

    name = "library"
    verbose_name = "Library"

    def ready(self) -> None:
        """A withdrawal is in the next version of this site's pack at once; pages say whose library they are of."""
        from clinical.audit.audit_entries import register_listener
        from clinical.publishing.libraries_known import register_libraries
        from library.attribution import libraries_said
        from library.packs.hearing import hear

        register_listener(hear)
        register_libraries(libraries_said)
