"""What the site keeps of libraries: whose they are, what is still to complete of them, and what was uploaded."""

from library.models.libraries import Library
from library.models.to_complete import ToComplete
from library.models.uploads import LibraryUpload

__all__ = ["Library", "LibraryUpload", "ToComplete"]
