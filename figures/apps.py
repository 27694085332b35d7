"""The drawing engine's and the pose editor's registration with Django, for their templates and scripts."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """How a figure is drawn, and how one is entered. It knows no exercise."""

    name = "figures"
    verbose_name = "Figures"
