"""The ground floor's registration with Django."""

from django.apps import AppConfig


class ClinicalConfig(AppConfig):
    """What must be true of anything a patient reads."""

    name = "clinical"
    verbose_name = "Clinical"

    def ready(self) -> None:
        """Register the system checks, and ask every text field for characters nobody sees."""
        from clinical import checks  # noqa: F401  (importing it registers the checks)
        from clinical.models.legible import ask_every_field

        ask_every_field()
