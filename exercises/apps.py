"""The exercise library's registration with Django."""

from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    """What one exercise is."""

    name = "exercises"
    verbose_name = "Exercises"

    def ready(self) -> None:
        """Say what a withdrawal would reach here, what is drawn before anybody writes, and who copies words."""
        from clinical.publishing.shared_words import register_retelling
        from clinical.serving import before_locking
        from clinical.withdrawal import impact
        from exercises.figure_views import draw_before_locking
        from exercises.models.reach import reach_among_exercises
        from exercises.models.retelling import retell_where_shown

        impact.register_reach(reach_among_exercises)
        before_locking.register_preparation(draw_before_locking)
        register_retelling(retell_where_shown)
