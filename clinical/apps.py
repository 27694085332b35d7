"""The ground floor's registration with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ClinicalConfig(AppConfig):
    """What must be true of anything a patient reads."""

    name = "clinical"
    verbose_name = "Clinical"

    def ready(self) -> None:
        """Register the system checks, and what the database refuses beyond the models."""
        from clinical import checks  # noqa: F401  (importing it registers the checks)
        from clinical.models.addressed import guard_slugs

        post_migrate.connect(guard_slugs, sender=self, dispatch_uid="clinical.guard_slugs")
