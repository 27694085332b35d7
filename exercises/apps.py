"""The exercise library's registration with Django."""

from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    """What one exercise is."""

    name = "exercises"
    verbose_name = "Exercises"

    def ready(self) -> None:
        """Say what a withdrawal would reach here, what is drawn before anybody writes, and who copies words."""
        from clinical import impact, outside_the_turn
        from clinical.models.shared_words import register_retelling
        from exercises.figure_views import draw_before_the_turn
        from exercises.models.exercises import retell_where_shown
        from exercises.models.reach import reach_among_exercises

        impact.register_reach(reach_among_exercises)
        outside_the_turn.register_preparation(draw_before_the_turn)
        register_retelling(retell_where_shown)
