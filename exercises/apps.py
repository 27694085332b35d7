"""The exercise library's registration with Django."""

from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    """What one exercise is."""

    name = "exercises"
    verbose_name = "Exercises"

    def ready(self) -> None:
        """Say what a withdrawal would reach here, and what is drawn before anybody writes."""
        from clinical import impact, outside_the_turn
        from exercises.figure_views import draw_before_the_turn
        from exercises.models.reach import reach_among_exercises

        impact.register_reach(reach_among_exercises)
        outside_the_turn.register_preparation(draw_before_the_turn)
