"""The front of house's registration with Django."""

from django.apps import AppConfig


class StretchsiteConfig(AppConfig):
    """What brings both libraries together."""

    name = "stretchsite"
    verbose_name = "Stretchsite"

    def ready(self) -> None:
        """Connect the one receiver this house allows itself."""
        from stretchsite import indexing

        indexing.connect()
