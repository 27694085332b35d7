"""What the site remembers of libraries: whose each is, reviews elsewhere, pictures, and packs."""

from library.models.libraries import Library
from library.models.packs import HeardRecall, PublishedPack, Subscription
from library.models.pictures import LibraryPicture
from library.models.reviews import ReviewElsewhere

__all__ = ["HeardRecall", "Library", "LibraryPicture", "PublishedPack", "ReviewElsewhere", "Subscription"]
