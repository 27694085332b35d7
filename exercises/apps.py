"""The exercise library's registration with Django."""

from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    """What one exercise is."""

    name = "exercises"
    verbose_name = "Exercises"

    def ready(self) -> None:
        """Say what a withdrawal would reach here."""
        from clinical import impact
        from exercises.models.reach import reach_among_exercises

        impact.register_reach(reach_among_exercises)
