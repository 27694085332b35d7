"""What the site keeps of libraries: whose each is, what is still to complete, uploads, others' words, and packs."""

from library.models.followed_packs import HeardRecall, PublishedName, PublishedPack, Subscription
from library.models.foreign_words import ForeignWord
from library.models.libraries import Library
from library.models.library_picture import LibraryPicture
from library.models.library_upload import LibraryUpload
from library.models.reviews_elsewhere import ReviewElsewhere
from library.models.to_complete import ToComplete

__all__ = [
    "ForeignWord",
    "HeardRecall",
    "Library",
    "LibraryPicture",
    "LibraryUpload",
    "PublishedName",
    "PublishedPack",
    "ReviewElsewhere",
    "Subscription",
    "ToComplete",
]
