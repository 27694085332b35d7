"""The exercise library's registration with Django."""

from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    """What one exercise is."""

    name = "exercises"
    verbose_name = "Exercises"
