"""The libraries this site has records of, and what is still to complete of them."""

from library.models.libraries import Library
from library.models.to_complete import ToComplete

__all__ = ["Library", "ToComplete"]
