"""The registration of the library's loader with Django."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Exercises, routines and notes as files: read, checked and written as pages."""

    name = "library"
    verbose_name = "Library"
