"""The libraries this site has records of."""

from library.models.libraries import Library

__all__ = ["Library"]
