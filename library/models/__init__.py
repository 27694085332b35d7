"""What the site keeps of libraries."""

from library.models.libraries import Library
from library.models.uploads import LibraryUpload

__all__ = ["Library", "LibraryUpload"]
