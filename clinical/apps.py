"""The ground floor's registration with Django."""

from django.apps import AppConfig


class ClinicalConfig(AppConfig):
    """What must be true of anything a patient reads."""

    name = "clinical"
    verbose_name = "Clinical"

    def ready(self) -> None:
        """Register the system checks; let no chooser write a script into a page."""
        from clinical import checks  # noqa: F401  (importing it registers the checks)
        from clinical.starting import start_choosers_by_data

        start_choosers_by_data()
