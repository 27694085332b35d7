"""The front of house's registration with Django."""

from django.apps import AppConfig


class StretchsiteConfig(AppConfig):
    """What brings both libraries together."""

    name = "stretchsite"
    verbose_name = "Stretchsite"

    def ready(self) -> None:
        """Take deleted pages out of the search index, and say what a withdrawal would reach here."""
        from clinical.withdrawal import impact
        from stretchsite import indexing
        from stretchsite.models.reach import reach_in_front

        indexing.connect()
        impact.register_reach(reach_in_front)
