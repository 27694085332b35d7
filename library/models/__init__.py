"""What the site remembers of libraries: whose each is, reviews elsewhere, and which picture is which."""

from library.models.libraries import Library
from library.models.pictures import LibraryPicture
from library.models.reviews import ReviewElsewhere

__all__ = ["Library", "LibraryPicture", "ReviewElsewhere"]
