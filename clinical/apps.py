"""The ground floor's registration with Django."""

from django.apps import AppConfig


class ClinicalConfig(AppConfig):
    """What must be true of anything a patient reads."""

    name = "clinical"
    verbose_name = "Clinical"

    def ready(self) -> None:
        """Register the system checks, and limit what Pillow opens."""
        from clinical import checks  # noqa: F401  (importing it registers the checks)
        from clinical.intake import limit_pillow

        limit_pillow()
