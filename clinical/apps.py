"""The ground floor's registration with Django."""

from django.apps import AppConfig


class ClinicalConfig(AppConfig):
    """What must be true of anything a patient reads."""

    name = "clinical"
    verbose_name = "Clinical"

    def ready(self) -> None:
        """Register the system checks."""
        from clinical import checks  # noqa: F401  (importing it registers the checks)
